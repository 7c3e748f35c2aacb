namespace Stillhouse.Hosting.Cluster;

/// <summary>Registry key of the coordinator: the singleton itself or the way to it.</summary>
public sealed class CoordinatorKey
{
    public const string SingletonName = "coordinator";

    private CoordinatorKey()
    {
    }
}

/// <summary>Registry key of the shard region whose entities are student trials.</summary>
public sealed class TrialRegionKey
{
    public const string TypeName = "trial";

    private TrialRegionKey()
    {
    }
}
