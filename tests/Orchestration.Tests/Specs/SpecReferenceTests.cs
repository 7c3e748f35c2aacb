namespace Stillhouse.Orchestration.Tests.Specs;

public class SpecReferenceTests
{
    private const string Marker = "<!-- What follows is written by SpecReferenceTests; STILLHOUSE_RENEW=1 renews it. -->\n";
    private const string RenewVariable = "STILLHOUSE_RENEW";

    private static string Document => Path.Combine(Repository.Root, "docs", "spec.md");

    [Fact]
    public void Document_SaysWhatTheRecordsSay()
    {
        var text = File.ReadAllText(Document);
        var head = text[..(text.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)];
        var current = head + SpecReference.Write();
        if (Environment.GetEnvironmentVariable(RenewVariable) == "1")
        {
            File.WriteAllText(Document, current);
            return;
        }

        text.ShouldBe(current, $"docs/spec.md is out of date: run the tests of this project once with {RenewVariable}=1.");
    }
}
