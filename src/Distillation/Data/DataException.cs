namespace Stillhouse.Distillation.Data;

/// <summary>The data cannot be used; all that is wrong with it is listed.</summary>
public sealed class DataException(IReadOnlyList<DataProblem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public DataException(DataProblem problem) : this([problem])
    {
    }

    public IReadOnlyList<DataProblem> Problems { get; } = problems;
}
