// How accuracy grows with the number of training images.

function sizesSection() {
  const curve = data.sizeCurve;
  return curve?.points?.length ? [el("p", { class: "lead" }, unbroken(curve.sentence)), sizesFigure(curve)] : null;
}

function sizesFigure(curve) {
  const points = curve.points.map(({ images, accuracies }) => ({ images, accuracies, mean: d3.mean(accuracies) }));
  const next = forecast(curve, points);
  return figure({
    id: "size-curve",
    title: "Validation accuracy by number of training images",
    caption: `A linear classifier on the features of the unchanged network, trained with some of the images of each class and measured on the ${plural(curve.validationImages, "validation image")}; small dots are draws.${next ? " The hollow mark is the extrapolation to twice as many images, with its 95 % interval." : ""} The network of this report is trained in another way: the curve shows the trend, not its accuracy.`,
    draw: (svg, width) => drawSizes(svg, width, points, next),
    table: {
      columns: ["Training images", "Mean, %", "Lowest, %", "Highest, %", "Draws"],
      rows: points.map(({ images, accuracies, mean }) => [count(images), percentOf(mean), percentOf(d3.min(accuracies)), percentOf(d3.max(accuracies)), accuracies.length]),
    },
  });
}

/** The extrapolation to twice as many images, if the smaller sizes foretold the largest. */
function forecast({ doubling }, points) {
  const last = points.at(-1);
  return doubling?.supported ? { images: 2 * last.images, ...d3.map([doubling.gain, doubling.low, doubling.high], (gain) => last.mean + gain) } : null;
}

function drawSizes(svg, width, points, next) {
  const height = width < 520 ? 300 : 360;
  const frame = area(svg, width, height, { top: 34, right: 24, bottom: 48, left: 58 });
  const shown = [...points.map((p) => p.images), ...(next ? [next.images] : [])];
  const x = d3.scaleLog(d3.extent(shown), [0, frame.width]).base(2);
  const y = d3.scaleLinear(padded([...points.flatMap((p) => p.accuracies), ...(next ? [next[1], next[2]] : [])]), [frame.height, 0]).nice(5);
  y.domain([y.domain()[0], Math.min(1, y.domain()[1])]);
  axisLeft(frame, y, { title: "validation top-1 accuracy, %", format: percentTicks(y) });
  axisBottom(frame, x, { title: "training images, each step twice as many", values: shown, format: count });
  const style = styleOf(0);
  points.forEach((p) => p.accuracies.forEach((accuracy) => frame.g.append("circle").attr("class", "seed")
    .attr("cx", x(p.images)).attr("cy", y(accuracy)).attr("r", 2.6).style("fill", style.color)));
  frame.g.append("path").attr("class", "curve").style("stroke", style.color).attr("d", d3.line((p) => x(p.images), (p) => y(p.mean))(points));
  if (next) {
    drawForecast(frame, x, y, points.at(-1), next, style);
  }
  points.forEach((p) => marker(frame.g, style, x(p.images), y(p.mean), 48));
  return height;
}

function drawForecast({ g }, x, y, last, next, style) {
  const [at, low, high] = [x(next.images), y(Math.min(1, next[1])), y(Math.min(1, next[2]))];
  g.append("path").attr("class", "curve").style("stroke", style.color).attr("stroke-dasharray", "4 4").attr("d", `M${x(last.images)},${y(last.mean)} L${at},${y(next[0])}`);
  g.append("line").attr("class", "whisker").attr("x1", at).attr("x2", at).attr("y1", low).attr("y2", high).style("stroke", style.color);
  marker(g, { ...style, hollow: true }, at, y(next[0]), 48);
}
