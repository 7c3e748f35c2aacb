using CsCheck;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Orchestration.Runs;

namespace Stillhouse.Orchestration.Tests.Runs;

public class RunCatalogueTests
{
    private static readonly RunId[] Ids = [new("night"), new("day"), new("noon")];

    [Fact]
    public void Catalogue_OfAnySequence_IsReplayedFromItsFacts_AndListsEveryRunOnce() =>
        Gen.Select(Gen.Int[0, Ids.Length - 1], Gen.Int[0, 5]).List[0, 40].Sample(steps =>
        {
            var (catalogue, facts) = (RunCatalogue.Empty, new List<ICatalogueEvent>());
            foreach (var (run, status) in steps)
            {
                var fact = status == 0
                    ? catalogue.Submit(ARun.Submission() with { Run = Ids[run] }, ARun.Noon)
                    : catalogue.Hear(Ids[run], (RunStatus)status, ARun.Noon);
                if (fact is not null)
                {
                    facts.Add(fact);
                    catalogue = catalogue.Apply(fact);
                }
            }

            catalogue.Entries.Select(entry => entry.Run).ShouldBeUnique();
            facts.Aggregate(RunCatalogue.Empty, (replayed, fact) => replayed.Apply(fact)).Entries.ShouldBe(catalogue.Entries);
            catalogue.Open.ShouldAllBe(entry => entry.Status == RunStatus.Running || entry.Status == RunStatus.Paused);
        });

    [Fact]
    public void Pages_HoldEveryRunOnce_InTheOrderOfSubmission()
    {
        var catalogue = Three();

        catalogue.Page(0, 2).Listings.Concat(catalogue.Page(2, 2).Listings).Select(listing => listing.Run).ShouldBe(Ids);
        catalogue.Page(0, 2).Total.ShouldBe(3);
        catalogue.Page(3, 2).Listings.ShouldBeEmpty();
    }

    [Fact]
    public void Nearest_NamesWhatMayHaveBeenMeant() => Three().Nearest(new RunId("nihgt")).ShouldBe(["night"]);

    private static RunCatalogue Three() => Ids.Aggregate(
        RunCatalogue.Empty, (catalogue, run) => catalogue.Apply(catalogue.Submit(ARun.Submission() with { Run = run }, ARun.Noon)!));
}
