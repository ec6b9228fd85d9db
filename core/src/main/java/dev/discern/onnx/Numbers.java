package dev.discern.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.discern.torch.Scope;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Tensors as ONNX stores them. */
final class Numbers {
  private static final double LARGEST_HALF = 65504;

  private Numbers() {}

  static TensorProto longs(String name, boolean scalar, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putLong(value);
    }
    TensorProto.Builder proto =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .setRawData(ByteString.copyFrom(bytes.flip()));
    return (scalar ? proto : proto.addDims(values.length)).build();
  }

  /** A number without dimensions. */
  static TensorProto scalar(String name, float value) {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.FLOAT_VALUE)
        .setRawData(ByteString.copyFrom(bytes.flip()))
        .build();
  }

  /** A tensor of the engine, in another shape of as many values, as float32 or float16. */
  static TensorProto of(String name, Tensor tensor, boolean half, long... shape) {
    try (Scope scope = new Scope()) {
      Tensor host =
          tensor.detach().cpu().to(half ? ScalarType.Half : ScalarType.Float).contiguous();
      ByteBuffer bytes = new BytePointer(host.data_ptr()).capacity(host.nbytes()).asByteBuffer();
      TensorProto.Builder proto =
          TensorProto.newBuilder()
              .setName(name)
              .setDataType(
                  half ? TensorProto.DataType.FLOAT16_VALUE : TensorProto.DataType.FLOAT_VALUE)
              .setRawData(ByteString.copyFrom(bytes));
      for (long side : shape) {
        proto.addDims(side);
      }
      return proto.build();
    }
  }

  /** Whether float16 holds numbers of this size. */
  static boolean fitsHalf(Tensor tensor) {
    try (Scope scope = new Scope()) {
      return tensor.detach().abs().max().item_double() <= LARGEST_HALF;
    }
  }
}
