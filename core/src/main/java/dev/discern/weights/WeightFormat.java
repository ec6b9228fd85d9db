package dev.discern.weights;

/** The formats of weight files that can be read. */
public enum WeightFormat {
  /** Hugging Face's safetensors. */
  SAFETENSORS("safetensors"),
  /** What {@code torch.save} has written since PyTorch 1.6. */
  TORCH_ZIP("PyTorch zip file"),
  /** What {@code torch.save} wrote before, and still writes on request. */
  TORCH_LEGACY("PyTorch legacy file");

  private final String spelling;

  WeightFormat(String spelling) {
    this.spelling = spelling;
  }

  /**
   * The format's name in messages.
   *
   * @return a few words
   */
  public String spelling() {
    return spelling;
  }
}
