// How well what is painted stands out from what is painted behind it, in a page of the browser.

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} selector of the elements that are looked at, as far as they are on the page with a text
 * @param {'color' | 'borderTopColor'} property what is held against the ground
 * @returns {Promise<{ text: string, ratio: number }[]>} the ratio of contrast of the Web Content Accessibility Guidelines,
 *   from 1 to 21
 */
export function contrasts(page, selector, property) {
  return page.evaluate(
    ([wanted, style]) => {
      const { document, getComputedStyle } = globalThis;
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      /** Whatever way a colour is written, painting it tells its parts. */
      const partsOf = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
        return { rgb: [red, green, blue], alpha: alpha / 255 };
      };
      const over = (ground, { rgb, alpha }) => ground.map((part, index) => part * (1 - alpha) + rgb[index] * alpha);
      /** The editor paints marks of lines in layers beside the text, which stand below it at the same place. */
      const groundOf = (element) => {
        const box = element.getBoundingClientRect();
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const above = [];
        for (let each = element; each !== null; each = each.parentElement) above.unshift(each);
        const editor = element.closest('.monaco-editor');
        const marks = [...(editor?.querySelectorAll('.view-overlays *') ?? [])].filter((mark) => {
          const { left, right, top, bottom } = mark.getBoundingClientRect();
          return left <= x && x <= right && top <= y && y <= bottom;
        });
        const layers = [...above.slice(0, -1), ...marks, element];
        return layers.reduce(
          (ground, layer) => over(ground, partsOf(getComputedStyle(layer).backgroundColor)),
          [255, 255, 255],
        );
      };
      const luminance = (rgb) => {
        const [red, green, blue] = rgb.map((part) => {
          const share = part / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      return [...document.querySelectorAll(wanted)]
        .filter((element) => element.textContent.trim() !== '' && element.getBoundingClientRect().height > 0)
        .map((element) => {
          const ground = groundOf(element);
          const painted = over(ground, partsOf(getComputedStyle(element)[style]));
          const [dark, light] = [luminance(ground), luminance(painted)].sort((one, other) => one - other);
          return { text: element.textContent, ratio: (light + 0.05) / (dark + 0.05) };
        });
    },
    [selector, property],
  );
}
