/** Colours that can be told from white and from black; text follows the theme of the reader's browser. */
export const PICTURE_STYLE = [
  'text{font:12px system-ui,sans-serif;fill:#57606a}',
  '.title{font-size:15px;font-weight:600}',
  '.phase,.tick{font-size:11px}',
  '.grid{stroke:#8b949e;stroke-opacity:.25}',
  '.band{fill:#8b949e}.even{fill-opacity:.14}.odd{fill-opacity:.05}',
  'path{fill:none;stroke-width:1.4;stroke-linejoin:round}',
  'path.p50Ms{stroke:#2da44e}path.p99Ms{stroke:#bf8700}path.longestMs{stroke:#8250df;stroke-opacity:.65}',
  '.key.p50Ms{fill:#2da44e}.key.p99Ms{fill:#bf8700}.key.longestMs{fill:#8250df}',
  '.moment{stroke:#cf222e;stroke-dasharray:4 3}',
  '.lock{fill:#218bff}.error{fill:#cf222e}',
  '@media(prefers-color-scheme:dark){text{fill:#9ea7b3}}',
].join('');
