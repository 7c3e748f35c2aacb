namespace Stillhouse.Orchestration.Tests.Specs;

public class RecipeRulesTests
{
    private const string Peers = "peers: [{model: {kind: mlp, widths: [784, 10]}}]";

    public static TheoryData<string, string[]> Broken => new()
    {
        {
            Spec("", "recipe: {kind: ensemble}"),
            ["spec.yaml:1:1 teachers: found nothing; allowed a list of 1 or more, each a mapping; add 'teachers:' (the networks that teach)"]
        },
        {
            Spec("teachers: [{model: {kind: mlp, widths: [784, 10]}}]", $"recipe: {{kind: mutual, {Peers}}}"),
            [
                "spec.yaml:3:11 teachers: found 1 with recipe mutual; allowed none, for student and peers learn from each other; "
                + "remove teachers, or list them under recipe.peers",
            ]
        },
        {
            Spec("teachers: [{model: {kind: mlp, widths: [784, 10]}, training: {epochs: 3}}]", "recipe: {kind: online}"),
            [
                "spec.yaml:3:71 teachers[0].training.epochs: found 3; allowed 10 as in student.training, "
                + "for with recipe online all meet the same batches in the same steps; write the same epochs in both",
            ]
        },
        {
            Spec("", "recipe: {kind: mutual, peers: [{model: {kind: mlp, widths: [784, 10]}, training: {view: {kind: shift}}}]}"),
            [
                "spec.yaml:5:89 recipe.peers[0].training.view: found shift by 2; allowed plain as in student.training, "
                + "for with recipe mutual all meet the same batches in the same steps; write the same view in both",
            ]
        },
        {
            Spec("teachers: [{model: {kind: mlp, widths: [784, 10]}, weights: w.safetensors, replicas: 2}]", "recipe: {kind: online}"),
            [
                "spec.yaml:3:61 teachers[0].weights: found w.safetensors; allowed nothing with recipe online, whose teachers learn while they teach; "
                + "remove weights, or choose recipe ensemble",
                "spec.yaml:3:86 teachers[0].replicas: found 2; allowed 1 with recipe online, for a teacher that learns is on one node; remove replicas",
            ]
        },
        {
            Spec("", $"recipe: {{kind: codistillation, {Peers}}}\ndistillation: {{quorum: {{teachers: 1}}, inputs: shipped}}\nsweep: {{parameters: [{{kind: choice, path: seed, values: [1, 2]}}]}}"),
            [
                "spec.yaml:6:24 distillation.quorum: found a quorum of 1; allowed none with recipe codistillation, in which everybody waits for everybody; "
                + "remove quorum; recipe.deadline says how long to wait",
                "spec.yaml:6:47 distillation.inputs: found shipped; allowed shared with recipe codistillation, "
                + "for everybody trains on the data and so reads it; remove inputs",
                "spec.yaml:7:8 sweep: found a sweep with recipe codistillation; allowed a sweep only where teachers have finished before the student "
                + "begins, for then its trials can share them; remove sweep, or submit a run for each value with --set",
            ]
        },
        {
            Spec("", $"recipe: {{kind: mutual, {Peers}}}\ndistillation: {{ensemble: learnt-probabilities}}"),
            [
                "spec.yaml:6:26 distillation.ensemble: found learnt-probabilities; allowed mean-probabilities, mean-logits or weighted-probabilities "
                + "with recipe mutual, whose networks have learnt nothing yet when weights would be learnt; write mean-probabilities",
            ]
        },
        {
            Spec("", "recipe: {kind: mutual, peers: [{name: student, model: {kind: mlp, widths: [784, 10]}}]}"),
            [
                "spec.yaml:5:39 recipe.peers[0].name: found 'student', which the run itself uses; "
                + "allowed a name that no other network has, and none of baseline, student, evaluate, ensemble, generations, predictions; "
                + "choose another name, or one teacher with a count",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Recipe_ThatDoesNotFitTheRest_IsReported(string spec, string[] problems) => SpecText.Problems(spec).ShouldBe(problems);

    [Theory]
    [InlineData($"recipe: {{kind: mutual, {Peers}}}")]
    [InlineData($"recipe: {{kind: codistillation, every: 10, burnIn: 0, {Peers}}}")]
    public void Recipe_OfPeers_NeedsNoTeachers(string recipe) => SpecText.Problems(Spec("", recipe)).ShouldBeEmpty();

    private static string Spec(string teachers, string more) =>
        $"name: small\ndata: {{kind: glyphs}}\n{teachers}\nstudent: {{model: {{kind: mlp, widths: [784, 10]}}}}\n{more}\n";
}
