using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Orchestration.Tests.Specs;

public class ShapeTests
{
    private static readonly DataShape Colour = new(100, new ImageShape(3, 32, 32));

    [Fact]
    public void Fit_TeacherWithOtherInputs_SaysWhatTheDataHas() =>
        SpecText.Problems(SpecText.With("[784, 100, 10]", "[783, 100, 10]"), SpecText.Mnist).ShouldBe(
        [
            "spec.yaml:7:33 teachers[0].model.widths[0]: found 783; "
            + "allowed 784, for a sample of the data has 784 inputs (1x28x28); write 784",
        ]);

    [Fact]
    public void Fit_StudentWithOtherClasses_SaysWhatTheDataHas() =>
        SpecText.Problems(SpecText.With("[784, 20, 10]", "[784, 20, 9]"), SpecText.Mnist).ShouldBe(
            ["spec.yaml:12:40 student.model.widths[2]: found 9; allowed 10, for the data has 10 classes; write 10"]);

    [Fact]
    public void Fit_InputLeftOut_IsReportedWhereTheModelStands() =>
        SpecText.Problems(SpecText.Valid, Colour)
            .ShouldContain(
                "spec.yaml:10:12 teachers[1].model.input: found [1, 28, 28]; "
                + "allowed [3, 32, 32], for a sample of the data has 3072 inputs (3x32x32); write [3, 32, 32]");

    [Fact]
    public void Fit_OtherData_ReportsBothEndsOfEveryNetwork() =>
        SpecText.Problems(SpecText.Valid, Colour).Length.ShouldBe(6);

    [Fact]
    public void Fit_ImageWhoseProductOverflows_DoesNotFit() =>
        SpecText.Problems(SpecText.With("channels: [8, 16]", "channels: [8], input: [4096, 4096, 4096]"), new DataShape(10, new ImageShape(1, 1, 1)))
            .ShouldContain(line => line.Contains("teachers[1].model.input: found [4096, 4096, 4096]", StringComparison.Ordinal));

    [Fact]
    public void Agree_WithoutData_ReportsWhoDiffersFromTheFirst() =>
        SpecText.Problems(SpecText.With("[784, 20, 10]", "[783, 20, 9]")).ShouldBe(
        [
            "spec.yaml:12:31 student.model.widths[0]: found 783 inputs; allowed 784, as in teachers[0].model.widths[0]; "
            + "give all teachers and the student the same inputs and classes",
            "spec.yaml:12:40 student.model.widths[2]: found 9 classes; allowed 10, as in teachers[0].model.widths[2]; "
            + "give all teachers and the student the same inputs and classes",
        ]);

    [Theory]
    [InlineData(27)]
    [InlineData(1)]
    public void Shift_ThatLeavesSomethingInView_Fits(int pixels) =>
        SpecText.Problems(Shifted(pixels), SpecText.Mnist).ShouldBeEmpty();

    [Fact]
    public void Shift_AsFarAsTheSampleIsWide_SaysHowFarItMayBe() =>
        SpecText.Problems(Shifted(28), SpecText.Mnist).ShouldBe(
        [
            "spec.yaml:13:42 student.training.view.pixels: found 28; "
            + "allowed up to 27, so that something is left in view of a sample of the data (1x28x28); write at most 27",
        ]);

    [Theory]
    [InlineData("classes: [0, 9], share: 0.03")]
    [InlineData("balanced: true")]
    [InlineData("classes: [3, 4]")]
    public void Samples_ThatAreThere_AreNoProblem(string samples) =>
        SpecText.Problems(Choosing(samples), SpecText.Mnist with { TrainPerClass = [5, 5, 5, 0, 5, 5, 5, 5, 5, 5] }).ShouldBeEmpty();

    [Fact]
    public void Samples_OfClassesThatTheDataDoesNotHave_AreRefused() =>
        SpecText.Problems(Choosing("classes: [3, 10, 11]"), SpecText.Mnist).ShouldBe(
        [
            "spec.yaml:13:37 student.training.samples.classes[1]: found 10; allowed 0 to 9, for the data has 10 classes; "
            + "write such a class, or remove it",
            "spec.yaml:13:41 student.training.samples.classes[2]: found 11; allowed 0 to 9, for the data has 10 classes; "
            + "write such a class, or remove it",
        ]);

    [Fact]
    public void Samples_OfClassesWithoutTrainingSamples_AreRefused() =>
        SpecText.Problems(Choosing("classes: [3, 4]"), SpecText.Mnist with { TrainPerClass = [5, 5, 5, 0, 0, 5, 5, 5, 5, 5] }).ShouldBe(
        [
            "spec.yaml:13:33 student.training.samples.classes: found [3, 4], of which there is no training sample; "
            + "allowed at least one class that the training samples have; add such a class, or give the data more samples",
        ]);

    [Theory]
    [InlineData("share: 1.5", "student.training.samples.share: found 1.5; allowed a number above 0 up to 1;")]
    [InlineData("share: 0", "student.training.samples.share: found 0; allowed a number above 0 up to 1;")]
    [InlineData("classes: []", "student.training.samples.classes: found an empty list; allowed a list of 1 or more, each a whole number from 0 to 255;")]
    public void Samples_OutOfBounds_AreRefused(string samples, string problem) =>
        SpecText.Problems(Choosing(samples), SpecText.Mnist).ShouldHaveSingleItem().ShouldContain(problem);

    [Fact]
    public void Samples_LeftNull_AreAll() =>
        SpecText.Bind(Choosing("share: 0.5"), "student.training.samples=null").Spec.ShouldNotBeNull().Student.Training.Samples.ShouldBeNull();

    [Fact]
    public void BiasCorrection_WhereAClassHasNoValidationSample_IsRefused()
    {
        var spec = SpecText.With("widths: [784, 20, 10]}", "widths: [784, 20, 10]}\n  training: {biasCorrection: true}");
        int[] perClass = [5, 5, 5, 0, 5, 5, 0, 5, 5, 5];

        SpecText.Problems(spec, SpecText.Mnist with { ValidationPerClass = [5, 5, 5, 1, 5, 5, 1, 5, 5, 5] }).ShouldBeEmpty();
        SpecText.Problems(SpecText.Valid, SpecText.Mnist with { ValidationPerClass = perClass }).ShouldBeEmpty();
        SpecText.Problems(spec, SpecText.Mnist with { ValidationPerClass = perClass }).ShouldBe(
        [
            "spec.yaml:13:30 student.training.biasCorrection: found true, without a validation sample of class 3, 6; "
            + "allowed true only where every class has validation samples, for its bias is fitted on them; "
            + "hold out more validation samples, or remove it",
        ]);
    }

    private static string Choosing(string samples) => SpecText.With(
        "widths: [784, 20, 10]}", $"widths: [784, 20, 10]}}\n  training: {{samples: {{{samples}}}}}");

    private static string Shifted(int pixels) => SpecText.With(
        "widths: [784, 20, 10]}", $"widths: [784, 20, 10]}}\n  training: {{view: {{kind: shift, pixels: {pixels}}}}}");
}
