using Stillhouse.Messages.Runs;

namespace Stillhouse.Cli.Views;

/// <summary>What a person sees while a run is under way. Any thread may call it.</summary>
public interface IRunView
{
    /// <summary>The run as it stands now; replaces what was shown before.</summary>
    void Show(RunSnapshot snapshot);

    /// <summary>Something worth a line of its own that stays readable, for example a node that joined.</summary>
    void Note(string line);
}
