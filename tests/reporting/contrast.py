"""How strongly each text of an open page stands out from what lies behind it, in the browser."""

CONTRAST = """() => {
  const seen = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = colour => {
    seen.clearRect(0, 0, 1, 1); seen.fillStyle = colour; seen.fillRect(0, 0, 1, 1);
    return Array.from(seen.getImageData(0, 0, 1, 1).data);
  };
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      const image = style.backgroundImage.match(/rgb\\([^)]*\\)/g);
      // Of a gradient the end that is worse for white text, the only one on it.
      if (image) return image.map(rgb).sort((a, b) => light(b) - light(a))[0];
      const colour = rgb(style.backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let counted = 0;
  while (texts.nextNode()) {
    const node = texts.currentNode, e = node.parentElement;
    if (!node.textContent.trim() || e.closest('script, style, title, desc, .hide, [aria-hidden]'))
      continue;
    if (!e.getClientRects().length) continue;
    const style = getComputedStyle(e);
    const ink = rgb(e.closest('svg') ? style.fill : style.color);
    const [a, b] = [light(ink), light(ground(e))].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24;
    counted += 1;
    if ((a + 0.05) / (b + 0.05) < (large ? 3 : 4.5))
      poor.add(e.tagName + '.' + e.className + ': ' + node.textContent.trim().slice(0, 30));
  }
  return [counted, Array.from(poor)];
}"""
