using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stillhouse.Messages.Specs;

/// <summary>
/// The order in which trainings meet the samples: blocks are shuffled, then the samples of every few blocks. So the first
/// epoch need not wait until teachers have answered about the whole dataset.
/// </summary>
public sealed record ScheduleSpec
{
    [Description("samples that a teacher answers about at once; answers are computed and shared in these blocks")]
    [Range(1, 65_536)]
    public int Block { get; init; } = 256;

    [Description("blocks whose samples are shuffled together; more mix better and take more memory")]
    [Range(1, 65_536)]
    public int Window { get; init; } = 16;
}
