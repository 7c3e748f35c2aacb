using System.Collections.Immutable;

namespace Stillhouse.Distillation.Data.Glyphs;

/// <summary>
/// The ten classes: the digits as people write them, most in several ways. Some pairs are close on purpose: 1 and 7,
/// 3 and 8, 4 and 9, 5 and 6.
/// </summary>
internal static class Alphabet
{
    /// <summary>Per class the ways to write it; each is a list of strokes within -1 to 1, y pointing down.</summary>
    public static readonly ImmutableArray<ImmutableArray<ImmutableArray<Stroke>>> Digits =
    [
        [
            [Stroke.Through(0, -100, 50, -65, 60, 0, 50, 65, 0, 100, -50, 65, -60, 0, -50, -65, 0, -100)],
            [Stroke.Through(15, -95, 50, -50, 45, 40, 0, 100, -45, 60, -50, -20, -20, -80, 30, -100)],
        ],
        [
            [Stroke.Through(0, -100, 0, 100)],
            [Stroke.Through(-40, -55, 5, -100), Stroke.Through(5, -100, 5, 100)],
            [Stroke.Through(-35, -60, 0, -100), Stroke.Through(0, -100, 0, 100), Stroke.Through(-40, 100, 40, 100)],
        ],
        [
            [Stroke.Through(-55, -55, -30, -92, 10, -100, 50, -75, 48, -35, 10, 25, -60, 100), Stroke.Through(-60, 100, 60, 100)],
            [Stroke.Through(-50, -70, 0, -100, 45, -65, 25, 0, -35, 70, -55, 95, -25, 60, 20, 90, 60, 85)],
        ],
        [
            [
                Stroke.Through(-50, -80, 0, -100, 50, -75, 42, -30, -5, -5),
                Stroke.Through(-5, -5, 50, 15, 60, 55, 20, 95, -20, 100, -55, 75),
            ],
            [
                Stroke.Through(-50, -100, 50, -100),
                Stroke.Through(50, -100, -5, -15),
                Stroke.Through(-5, -15, 45, 5, 58, 50, 20, 95, -20, 100, -55, 75),
            ],
        ],
        [
            [Stroke.Through(25, 100, 25, -100), Stroke.Through(25, -100, -60, 40), Stroke.Through(-60, 40, 65, 40)],
            [Stroke.Through(-40, -100, -50, 5), Stroke.Through(-50, 5, 50, 5), Stroke.Through(45, -95, 40, 100)],
        ],
        [
            [
                Stroke.Through(50, -100, -40, -100),
                Stroke.Through(-40, -100, -48, -10),
                Stroke.Through(-48, -10, 0, -30, 50, 0, 55, 50, 20, 95, -20, 100, -55, 75),
            ],
            [Stroke.Through(50, -90, 0, -100, -45, -65, -20, -20, 35, 5, 55, 50, 20, 95, -20, 100, -55, 80)],
        ],
        [
            [Stroke.Through(40, -95, -10, -75, -50, -10, -55, 50, -20, 97, 30, 95, 55, 50, 30, 5, -15, 0, -52, 40)],
            [Stroke.Through(0, -100, -40, -20, -50, 50, -10, 100, 40, 80, 40, 35, 0, 20, -45, 60)],
        ],
        [
            [Stroke.Through(-55, -100, 55, -100), Stroke.Through(55, -100, 10, 0, -15, 100)],
            [Stroke.Through(-55, -100, 55, -100), Stroke.Through(55, -100, -10, 100), Stroke.Through(-30, 0, 40, 0)],
        ],
        [
            [
                Stroke.Through(
                    45, -75, 0, -100, -45, -72, -30, -30, 25, 8, 55, 50, 30, 95, 0, 100, -30, 95, -55, 50, -25, 8, 30, -30, 45, -75),
            ],
            [
                Stroke.Through(0, -100, 40, -80, 40, -35, 0, -10, -40, -35, -40, -80, 0, -100),
                Stroke.Through(0, -10, 50, 20, 55, 70, 0, 100, -55, 70, -50, 20, 0, -10),
            ],
        ],
        [
            [
                Stroke.Through(50, -50, 22, -95, -25, -95, -50, -50, -25, -10, 22, -10, 50, -50),
                Stroke.Through(50, -50, 45, 20, 10, 100),
            ],
            [Stroke.Through(50, -80, 0, -100, -45, -55, -5, -5, 45, -60), Stroke.Through(50, -80, 45, 100)],
        ],
    ];
}
