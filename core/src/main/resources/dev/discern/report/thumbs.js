// Pictures of test images, with alternative text.

const SMALL = 64; // width in pixels below which an image is shown without smoothing
const photographs = (data.pictureSide ?? 0) >= SMALL;

/** The width of a picture in a row of others, and of one on its own: whole multiples of small images, so that they stay sharp. */
const ROW_SIZE = photographs ? 112 : multiple(56);
const SINGLE_SIZE = photographs ? 128 : multiple(84);

function multiple(least) {
  const side = data.pictureSide || 28;
  return side * Math.ceil(least / side);
}

function imageName(index) {
  return data.imageNames?.[index] ?? `test image ${index}`;
}

function hasImage(index) {
  return Boolean(data.images?.[index]);
}

function thumb(index, words, size = ROW_SIZE) {
  const img = el("img", {
    src: data.images[index],
    alt: words ? `${imageName(index)}: ${words}` : imageName(index),
    title: imageName(index),
    width: size,
    height: size,
    decoding: "async",
    load: () => img.classList.toggle("pixels", img.naturalWidth < SMALL),
  });
  return img;
}

function thumbs(indices, words, size) {
  return el("div", { class: "thumbs" }, indices.filter(hasImage).map((index) => thumb(index, words, size)));
}

function confusedImages(loss, label, predicted) {
  const cell = (loss.examples ?? []).find((e) => e.label === label && e.predicted === predicted);
  return (cell?.images ?? []).filter(hasImage);
}
