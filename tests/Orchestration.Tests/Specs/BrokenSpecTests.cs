namespace Stillhouse.Orchestration.Tests.Specs;

/// <summary>Each row breaks the valid spec in one place, and says the very line that a person reads.</summary>
public class BrokenSpecTests
{
    public static TheoryData<string, string, string> Rows { get; } = new()
    {
        {
            "temperature: 2.5",
            "temperature: -1",
            "spec.yaml:14:16 distillation.temperature: found -1; allowed a number above 0 up to 1000; "
            + "write such a value, the default is 4 (T: softens both distributions before they are compared)"
        },
        {
            "temperature: 2.5",
            "temperature: 0",
            "spec.yaml:14:16 distillation.temperature: found 0; allowed a number above 0 up to 1000; "
            + "write such a value, the default is 4 (T: softens both distributions before they are compared)"
        },
        {
            "temperature: 2.5",
            "temperature: .nan",
            "spec.yaml:14:16 distillation.temperature: found '.nan'; allowed a number above 0 up to 1000; "
            + "write such a value, the default is 4 (T: softens both distributions before they are compared)"
        },
        {
            "temperature: 2.5",
            "temperature: Infinity",
            "spec.yaml:14:16 distillation.temperature: found Infinity; allowed a number above 0 up to 1000; "
            + "write such a value, the default is 4 (T: softens both distributions before they are compared)"
        },
        {
            "temperature: 2.5",
            "temperature: hot",
            "spec.yaml:14:16 distillation.temperature: found 'hot'; allowed a number above 0 up to 1000; "
            + "write such a value, the default is 4 (T: softens both distributions before they are compared)"
        },
        {
            "temperature: 2.5",
            "temperature: \"4\"",
            "spec.yaml:14:16 distillation.temperature: found \"4\"; allowed a number above 0 up to 1000; "
            + "write such a value, the default is 4 (T: softens both distributions before they are compared)"
        },
        {
            "temperature: 2.5",
            "temperature: [4]",
            "spec.yaml:14:16 distillation.temperature: found a list of 1; allowed a number above 0 up to 1000; "
            + "write such a value, the default is 4 (T: softens both distributions before they are compared)"
        },
        {
            "temperature: 2.5",
            "temprature: 4",
            "spec.yaml:14:3 distillation.temprature: found an unknown key; allowed temperature, temperatureSchedule, alpha, losses, ensemble, codec, inputs or quorum; "
            + "write 'temperature'"
        },
        {
            "temperature: 2.5",
            "heat: 4",
            "spec.yaml:14:3 distillation.heat: found an unknown key; allowed temperature, temperatureSchedule, alpha, losses, ensemble, codec, inputs or quorum; "
            + "remove it"
        },
        {
            "temperature: 2.5",
            "temperature: 4\n  temperature: 5",
            "spec.yaml:15:3 distillation.temperature: found the same key again; allowed each key once; "
            + "keep this one or the one in line 14"
        },
        {
            "temperature: 2.5",
            "alpha: 1.01",
            "spec.yaml:14:10 distillation.alpha: found 1.01; allowed a number from 0 to 1; "
            + "write such a value, the default is 0.9 (weight of the soft part; 1 - alpha weighs the labels)"
        },
        {
            "temperature: 2.5",
            "ensemble: mean",
            "spec.yaml:14:13 distillation.ensemble: found 'mean'; allowed mean-probabilities, mean-logits, weighted-probabilities, learnt-probabilities or routed-probabilities; "
            + "write such a value, the default is mean-probabilities (how the teachers' answers become one target)"
        },
        {
            "distillation:\n  temperature: 2.5",
            "distillation:",
            "spec.yaml:13:14 distillation: found nothing; allowed a mapping; "
            + "write such a value or leave the key out (how the student learns from the teachers)"
        },
        {
            "distillation:\n  temperature: 2.5",
            "distillation: 4",
            "spec.yaml:13:15 distillation: found 4; allowed a mapping; "
            + "write such a value or leave the key out (how the student learns from the teachers)"
        },
        {
            "seed: 7",
            "seed: -7",
            "spec.yaml:2:7 seed: found -7; allowed a whole number from 0 to 9223372036854775807; "
            + "write such a value, the default is 1 (every random choice of the run derives from it)"
        },
        {
            "seed: 7",
            "seed: 1.5",
            "spec.yaml:2:7 seed: found 1.5; allowed a whole number from 0 to 9223372036854775807; "
            + "write such a value, the default is 1 (every random choice of the run derives from it)"
        },
        {
            "name: small",
            "name: not/a name",
            "spec.yaml:1:7 name: found 'not/a name'; "
            + "allowed 1 to 64 ASCII letters, digits, '-', '_' or '.', beginning with a letter or digit; "
            + "choose a name that also serves as a file name"
        },
        {
            "name: small\n",
            "",
            "spec.yaml:1:1 name: found nothing; allowed text; add 'name:' (a short name of letters, digits and dashes; "
            + "files and the run id carry it)"
        },
        {
            "kind: idx, path: mnist",
            "kind: idx",
            "spec.yaml:3:7 data.path: found nothing; allowed text; add 'path:' (the folder with the four IDX files; "
            + "relative to the spec's own folder)"
        },
        {
            "kind: idx, path: mnist",
            "path: mnist",
            "spec.yaml:3:7 data.kind: found nothing; allowed idx or glyphs; "
            + "write 'kind: idx' or another kind (the samples to learn from)"
        },
        {
            "kind: idx, path: mnist",
            "kind: glyph",
            "spec.yaml:3:14 data.kind: found 'glyph'; allowed idx or glyphs; write 'kind: glyphs'"
        },
        {
            "kind: idx, path: mnist",
            "kind: parquet",
            "spec.yaml:3:14 data.kind: found 'parquet'; allowed idx or glyphs; "
            + "write 'kind: idx' or another kind (the samples to learn from)"
        },
        {
            "kind: idx, path: mnist",
            "kind: idx, path: mnist, limit: 0",
            "spec.yaml:3:39 data.limit: found 0; allowed a whole number from 1 to 10000000; "
            + "write such a value or leave the key out (use only the first so many training samples (validation samples are not counted))"
        },
        {
            "nesterov: true",
            "nesterov: yes",
            "spec.yaml:8:75 teachers[0].training.optimizer.nesterov: found 'yes'; allowed true or false; "
            + "write such a value, the default is false (look ahead along the momentum (Nesterov))"
        },
        {
            "momentum: 0.8",
            "momentum: 0",
            "spec.yaml:8:73 teachers[0].training.optimizer.nesterov: found true with momentum 0; "
            + "allowed true only with momentum above 0; set momentum, 0.9 is usual, or remove nesterov"
        },
        {
            "momentum: 0.8",
            "momentum: 1",
            "spec.yaml:8:60 teachers[0].training.optimizer.momentum: found 1; allowed a number from 0 to below 1; "
            + "write such a value, the default is 0.9 (the share of the last update that is kept)"
        },
        {
            "epochs: 3",
            "epochs: 3, batchSize: 0",
            "spec.yaml:8:38 teachers[0].training.batchSize: found 0; allowed a whole number from 1 to 1000000; "
            + "write such a value, the default is 128 (samples per optimizer step)"
        },
        {
            "epochs: 3",
            "epochs: 99999999999",
            "spec.yaml:8:24 teachers[0].training.epochs: found 99999999999; allowed a whole number from 1 to 100000; "
            + "write such a value, the default is 10 (passes over the training samples)"
        },
        {
            "widths: [784, 100, 10]",
            "widths: [784, 0, 10]",
            "spec.yaml:7:38 teachers[0].model.widths[1]: found 0; allowed a whole number from 1 to 1000000; "
            + "write such a value (the width of every layer from input to output, for example [784, 400, 10])"
        },
        {
            "widths: [784, 100, 10]",
            "widths: [784]",
            "spec.yaml:7:32 teachers[0].model.widths: found a list of 1; "
            + "allowed a list of 2 or more, each a whole number from 1 to 1000000; "
            + "write such a value (the width of every layer from input to output, for example [784, 400, 10])"
        },
        {
            "widths: [784, 100, 10]",
            "widths: 784",
            "spec.yaml:7:32 teachers[0].model.widths: found 784; "
            + "allowed a list of 2 or more, each a whole number from 1 to 1000000; "
            + "write such a value (the width of every layer from input to output, for example [784, 400, 10])"
        },
        {
            "channels: [8, 16]",
            "channels: [8, 8, 8, 8, 8]",
            "spec.yaml:10:34 teachers[1].model.channels: found 5 convolutions, each of which halves height and width; "
            + "allowed up to 4, so that a pixel is left of 28; remove convolutions"
        },
        {
            "channels: [8, 16]",
            "channels: [8], input: [28, 28]",
            "spec.yaml:10:46 teachers[1].model.input: found a list of 2; "
            + "allowed a list of 3, each a whole number from 1 to 4096; "
            + "write such a value, the default is [1, 28, 28] (channels, height and width of one sample)"
        },
        {
            "name: conv",
            "name: student",
            "spec.yaml:9:11 teachers[1].name: found 'student', which the run itself uses; "
            + "allowed a name that no other network has, and none of baseline, student, evaluate, ensemble, generations, predictions; "
            + "choose another name, or one teacher with a count"
        },
        {
            "name: conv",
            "name: big-2",
            "spec.yaml:9:11 teachers[1].name: found 'big-2', which teachers[0] uses; "
            + "allowed a name that no other network has, and none of baseline, student, evaluate, ensemble, generations, predictions; "
            + "choose another name, or one teacher with a count"
        },
        {
            "name: conv",
            "name: conv\n    count: 2\n    weights: w.safetensors",
            "spec.yaml:10:12 teachers[1].count: found 2; "
            + "allowed 1 where weights are given, for teachers with the same weights are the same teacher; "
            + "remove count, or list each teacher with weights of its own"
        },
        {
            "temperature: 2.5",
            "temperature: 2.5\n  prefetch: 8",
            "spec.yaml:15:3 distillation.prefetch: found an unknown key; allowed temperature, temperatureSchedule, alpha, losses, ensemble, codec, inputs or quorum; "
            + "remove it"
        },
        {
            "temperature: 2.5",
            "temperature: 2.5\n  codec: {kind: top-k, k: 5}",
            "spec.yaml:15:10 distillation.codec.temperature: found 1 where distillation.temperature is 2.5; "
            + "allowed the same temperature in both, for probabilities of some classes cannot be tempered afterwards; "
            + "write 2.5, or choose codec fp32, fp16 or int8, which keep the logits, or a k of 10, which keeps every class"
        },
        {
            "temperature: 2.5",
            "temperature: 2.5\n  codec: {kind: sampled, temperature: 3}",
            "spec.yaml:15:39 distillation.codec.temperature: found 3 where distillation.temperature is 2.5; "
            + "allowed the same temperature in both, for probabilities of some classes cannot be tempered afterwards; "
            + "write 2.5, or choose codec fp32, fp16 or int8, which keep the logits"
        },
        {
            "temperature: 2.5",
            "temperature: 2.5\n  codec: {kind: fp16, temperature: 2.5}",
            "spec.yaml:15:23 distillation.codec.temperature: found an unknown key; allowed kind; remove it"
        },
        {
            "temperature: 2.5",
            "ensemble: mean-logits\n  codec: {kind: top-k, temperature: 4}",
            "spec.yaml:14:13 distillation.ensemble: found mean-logits with codec top-k; "
            + "allowed mean-probabilities, weighted-probabilities or learnt-probabilities, for top-k keeps probabilities, not logits; "
            + "write mean-probabilities, or choose codec fp32, fp16 or int8"
        },
        {
            "temperature: 2.5",
            "quorum: {teachers: 3}",
            "spec.yaml:14:22 distillation.quorum.teachers: found 3 of 3 teachers; allowed 1 to 2, for else nobody could be late; "
            + "write at most 2, or remove quorum to wait for every teacher"
        },
        {
            "temperature: 2.5",
            "quorum: {deadline: 2}",
            "spec.yaml:14:11 distillation.quorum.teachers: found nothing; allowed a whole number from 1 to 10000; "
            + "add 'teachers:' (teachers that must have answered before a batch may go on without the others)"
        },
        {
            "name: conv",
            "name: conv\n    ensembleWeight: 2",
            "spec.yaml:10:21 teachers[1].ensembleWeight: found 2; "
            + "allowed 1 where distillation.ensemble is mean-probabilities, which weighs all teachers alike; "
            + "set distillation.ensemble to weighted-probabilities, or remove ensembleWeight"
        },
        {
            "seed: 7",
            "seed: 7\nschedule: {block: 0}",
            "spec.yaml:3:19 schedule.block: found 0; allowed a whole number from 1 to 65536; "
            + "write such a value, the default is 256 (samples that a teacher answers about at once; answers are computed and shared in these blocks)"
        },
        {
            "student:\n  model: {kind: mlp, widths: [784, 20, 10]}\n",
            "",
            "spec.yaml:1:1 student: found nothing; allowed a mapping; add 'student:' (the network that learns)"
        },
        {
            "  model: {kind: mlp, widths: [784, 20, 10]}",
            "  training: {}",
            "spec.yaml:12:3 student.model: found nothing; allowed a mapping with kind mlp or cnn; add 'model:' (the network)"
        },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Problems_OfOneFault_AreThisOneLine(string old, string replacement, string line) =>
        SpecText.Problems(SpecText.With(old, replacement)).ShouldBe([line]);
}
