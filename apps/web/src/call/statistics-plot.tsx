import { useEffect, useRef } from "react"
import UPlot from "uplot"
import "uplot/dist/uPlot.min.css"
import { windowSeconds, type Line } from "./statistics-series.ts"

const height = 72

/** Lines over the last two minutes; the first whole, others dashed. `label` says the same in words. */
export function Plot({ lines, label }: { lines: readonly Line[]; label: string }) {
  const ground = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot>(null)
  const data = dataOf(lines)
  const count = lines.length
  useEffect(() => {
    const element = ground.current
    if (element === null) return undefined
    plot.current = new UPlot(
      optionsOf(element, count),
      Array.from({ length: count + 1 }, () => []) as unknown as UPlot.AlignedData,
      element,
    )
    const sizes = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }))
    sizes.observe(element)
    const stopFollowing = followTheme(() => plot.current?.redraw(false))
    return () => {
      sizes.disconnect()
      stopFollowing()
      plot.current?.destroy()
      plot.current = null
    }
  }, [count])
  useEffect(() => plot.current?.setData(data))
  return <div ref={ground} className="ground" role="img" aria-label={label} />
}

/** A canvas does not take new colours by itself. Gives back how to stop. */
function followTheme(changed: () => void): () => void {
  const chosen = new MutationObserver(changed)
  chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] })
  const system = matchMedia("(prefers-color-scheme: dark)")
  system.addEventListener("change", changed)
  return () => {
    chosen.disconnect()
    system.removeEventListener("change", changed)
  }
}

/** All lines on one axis of seconds. */
function dataOf(lines: readonly Line[]): UPlot.AlignedData {
  const [longest = { seconds: [], values: [] }] = lines.toSorted((a, b) => b.seconds.length - a.seconds.length)
  const values = lines.map(({ values }) => [...Array.from({ length: longest.seconds.length - values.length }, () => null), ...values])
  return [[...longest.seconds], ...values]
}

/** Colours are asked of the stylesheet at each drawing. */
function optionsOf(element: HTMLElement, count: number): UPlot.Options {
  const style = getComputedStyle(element)
  const [ink, second] = [() => style.color, () => style.caretColor]
  const grid = { stroke: () => style.borderTopColor, width: 1 }
  const lines = Array.from({ length: count }, (_, index) => ({
    stroke: index === 0 ? ink : second,
    width: 1.75,
    points: { show: false },
    ...(index > 0 && { dash: [4, 3] }),
  }))
  return {
    width: Math.max(element.clientWidth, 1),
    height,
    padding: [4, 0, 4, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [-windowSeconds, 0] }, y: { range: (_, __, high) => [0, Math.max(high, 1) * 1.1] } },
    axes: [
      { show: false },
      { size: 40, gap: 4, stroke: () => style.outlineColor, font: `11px ${style.fontFamily}`, grid, ticks: { show: false }, space: 24 },
    ],
    series: [{}, ...lines],
  }
}
