/** Pure: the few pieces of SVG that a picture is made of. */
export type Point = readonly [x: number, y: number];

/** One line through the points; it is broken where there is none. */
export function linePath(points: readonly (Point | undefined)[]): string {
  return points
    .map((point, index) => {
      if (!point) return '';
      const [x, y] = point;
      return `${points[index - 1] ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}
