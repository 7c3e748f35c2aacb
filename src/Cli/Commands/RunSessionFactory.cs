using Stillhouse.Cli.Running;

namespace Stillhouse.Cli.Commands;

/// <summary>Makes the session of one run.</summary>
internal delegate IRunSession RunSessionFactory(RunFolders folders, Interruption interruption);
