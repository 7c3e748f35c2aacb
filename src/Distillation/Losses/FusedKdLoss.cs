using System.Runtime.InteropServices;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Stillhouse.Distillation.Losses;

/// <summary>
/// <see cref="KdLoss"/> with its gradient in one pass over small batches on the CPU, where calls into torch cost more than
/// what they compute (docs/adr/0011).
/// </summary>
internal static class FusedKdLoss
{
    /// <summary>Torch computes up to so many elements on one thread (its GRAIN_SIZE); beyond it may be faster than one pass.</summary>
    private const long MostElements = 32_768;

    /// <summary>Whether the one pass can read these logits, and is worth it.</summary>
    public static bool Fits(Tensor teacher_BC, Tensor logits_BC) =>
        logits_BC.numel() <= MostElements && IsReadable(logits_BC) && IsReadable(teacher_BC);

    /// <summary>As <see cref="KdLoss.Of"/> without label smoothing.</summary>
    /// <returns>
    /// The loss's tangent at these logits, <c>L(z₀) + g·(z - z₀)</c>: it has the loss's value and its first derivative, and
    /// costs autograd three operations.
    /// </returns>
    public static Tensor Of(Tensor teacher_BC, Tensor logits_BC, Tensor labels_B, double temperature, double alpha)
    {
        using var scope = NewDisposeScope();
        var gradient_BC = empty_like(logits_BC);
        var labels = MemoryMarshal.Cast<byte, long>(labels_B.bytes);
        var pass = new Pass(labels.Length, (int)logits_BC.shape[1], temperature, alpha);
        var loss = pass.Run(Floats(teacher_BC), Floats(logits_BC), labels, Floats(gradient_BC));
        var moved_BC = logits_BC - logits_BC.detach();
        return moved_BC.reshape(-1).dot(gradient_BC.reshape(-1)).add(loss).MoveToOuterDisposeScope();
    }

    private static bool IsReadable(Tensor tensor) =>
        tensor.device_type == TorchSharp.DeviceType.CPU && tensor.dtype == ScalarType.Float32 && tensor.is_contiguous();

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>
    /// Per row <c>∂L/∂z = (α·T·(q_T - p_T) + (1 - α)·(q_1 - onehot)) / B</c> (Hinton, Vinyals and Dean, 1503.02531, 2.1),
    /// with q the student and p the teacher. In binary64, since T² makes much of small differences.
    /// </summary>
    private sealed class Pass(int rows, int classes, double temperature, double alpha)
    {
        private readonly double[] _target = new double[classes];
        private readonly double[] _z = new double[classes];
        private readonly double[] _scaled = new double[classes];
        private readonly double[] _logQ = new double[classes];
        private readonly double[] _q = new double[classes];
        private readonly double[] _logP = new double[classes];
        private readonly double[] _p = new double[classes];
        private readonly double[] _gradient = new double[classes];

        /// <summary>The loss; its gradient is left in the last parameter.</summary>
        public double Run(ReadOnlySpan<float> teacher, ReadOnlySpan<float> logits, ReadOnlySpan<long> labels, Span<float> gradient)
        {
            var (soft, hard) = (0.0, 0.0);
            for (var row = 0; row < rows; row++)
            {
                var first = row * classes;
                TensorPrimitives.ConvertTruncating(teacher.Slice(first, classes), _target);
                TensorPrimitives.ConvertTruncating(logits.Slice(first, classes), _z);
                soft += Soft();
                hard += alpha < 1 ? Hard((int)labels[row]) : 0;
                TensorPrimitives.ConvertTruncating<double, float>(_gradient, gradient.Slice(first, classes));
            }

            return ((alpha * temperature * temperature * soft) + ((1 - alpha) * hard)) / rows;
        }

        /// <summary><c>KL(p_T ‖ q_T)</c> of the row; begins its gradient.</summary>
        private double Soft()
        {
            // What binary32 rounded off the target's sum of 1 would count T² times.
            LogSoftmax(_target, _logP, _p);
            TensorPrimitives.Divide(_z, temperature, _scaled);
            LogSoftmax(_scaled, _logQ, _q);
            TensorPrimitives.Subtract<double>(_q, _p, _gradient);
            TensorPrimitives.Multiply(_gradient, alpha * temperature / rows, _gradient);
            TensorPrimitives.Subtract<double>(_logP, _logQ, _logP);
            return TensorPrimitives.Dot<double>(_p, _logP);
        }

        /// <summary><c>-log q_1</c> of the label; completes the gradient.</summary>
        private double Hard(int label)
        {
            var weight = (1 - alpha) / rows;
            LogSoftmax(_z, _logQ, _q);
            TensorPrimitives.MultiplyAdd(_q, weight, _gradient, _gradient);
            _gradient[label] -= weight;
            return -_logQ[label];
        }

        private static void LogSoftmax(double[] z, double[] logarithms, double[] probabilities)
        {
            TensorPrimitives.Subtract(z, TensorPrimitives.Max<double>(z), logarithms);
            TensorPrimitives.Exp<double>(logarithms, probabilities);
            var sum = TensorPrimitives.Sum<double>(probabilities);
            TensorPrimitives.Divide(probabilities, sum, probabilities);
            TensorPrimitives.Subtract(logarithms, Math.Log(sum), logarithms);
        }
    }
}
