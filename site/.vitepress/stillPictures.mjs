// Pictures that move stand still for readers who ask for less motion. Browsers do not tell a picture of that wish, so the page
// has to choose: beside each moving picture of docs/pictures lies a still one.

/** @param {string} source the address of a picture  @param {string} shown the element that shows it */
export function withStill(source, shown) {
  if (!/pictures\/[\w-]+\.svg$/.test(source)) return shown;
  const still = source.replace(/svg$/, 'png');
  return `<picture><source srcset="${still}" media="(prefers-reduced-motion: reduce)">${shown}</picture>`;
}

/** For the reader of Markdown that makes the pages. */
export function stillPictures(markdown) {
  const { image } = markdown.renderer.rules;
  markdown.renderer.rules.image = (tokens, index, ...rest) => {
    const shown = image(tokens, index, ...rest);
    return withStill(tokens[index].attrGet('src'), shown);
  };
}
