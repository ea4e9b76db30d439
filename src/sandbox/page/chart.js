import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';

let library;
/** VChart, loaded when the first chart is drawn. */
const vchart = () =>
  (library ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = '/page/lib/vchart.js';
    script.onload = () => resolve(window.VChart);
    script.onerror = reject;
    document.head.append(script);
  }));

const RATIO = { '1:1': 1, '2:1': 2, '4:3': 4 / 3, '16:9': 16 / 9 };
/** Colours per Feishu theme; `brand` is the client's own. */
const BRAND = ['#3370ff', '#14c0ff', '#7b67ee', '#ff8800', '#34c724', '#f54a45', '#ffc60a', '#00d6b9'];

const values = (spec) => [spec.data].flat().flatMap((data) => data?.values ?? []);

/** The text that a screen reader reads instead of the drawing. */
const spoken = (spec) =>
  `${spec.type}: ${values(spec)
    .slice(0, 40)
    .map((row) => Object.values(row).join(' '))
    .join('; ')}`;

/** A chart component, drawn by the library that Feishu itself uses. */
export function Chart({ node, dark, t }) {
  const box = useRef(null);
  const [failed, setFailed] = useState(false);
  const spec = JSON.stringify(node.chart_spec);
  useEffect(() => {
    let chart;
    let gone = false;
    vchart()
      .then((lib) => {
        if (gone || !box.current) return;
        const whole = JSON.parse(spec);
        const style = { background: 'transparent', animation: false, color: whole.color ?? BRAND };
        chart = new lib.VChart(
          { ...style, ...whole },
          { dom: box.current, mode: 'desktop-browser', theme: dark ? 'dark' : 'light' },
        );
        chart.renderSync();
        box.current.dataset.drawn = 'yes';
      })
      .catch(() => setFailed(true));
    return () => {
      gone = true;
      chart?.release();
    };
  }, [spec, dark]);
  const height = /^\d+px$/.test(node.height ?? '') ? node.height : undefined;
  const style = height ? { height } : { aspectRatio: String(RATIO[node.aspect_ratio] ?? 16 / 9) };
  return html`<div class="chart" style=${style} role="img" aria-label=${`${t('chart')} ${spoken(node.chart_spec)}`}>
    ${failed ? html`<p class="hint">${t('chartFailed')}</p>` : html`<div class="chart-box" ref=${box}></div>`}
  </div>`;
}
