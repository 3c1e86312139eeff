/** Our own pictures to stand behind a person: calm, flat, drawn here, so that nothing is fetched. */

/** As settings keep them. */
export const sceneNames = ["wall", "shelf", "hills", "arches"] as const
export type SceneName = (typeof sceneNames)[number]

/** What both kinds of canvas have. */
type Canvas2d = Pick<
  OffscreenCanvasRenderingContext2D,
  "fillStyle" | "fillRect" | "fill" | "beginPath" | "moveTo" | "lineTo" | "arc" | "bezierCurveTo"
>

interface Size {
  readonly width: number
  readonly height: number
}

/** Fills a canvas with a scene; a name that is none of ours is the plain wall. */
export function paintScene(context: Canvas2d, name: string, size: Size): void {
  scenes[sceneNames.find((one) => one === name) ?? "wall"](context, size)
}

const scenes: Record<SceneName, (context: Canvas2d, size: Size) => void> = {
  wall(context, { width, height }) {
    fill(context, "#d9d4c9", [0, 0, width, height])
    fill(context, "#c9c2b3", [0, height * 0.78, width, height * 0.22])
    fill(context, "#e6e2d9", [0, height * 0.765, width, height * 0.015])
  },
  shelf(context, { width, height }) {
    fill(context, "#c4cbc6", [0, 0, width, height])
    for (const level of [0.26, 0.6]) {
      fill(context, "#8d7f6a", [width * 0.04, height * level, width * 0.92, height * 0.018])
      books.forEach(([at, wide, high, colour]) => {
        const left = level > 0.5 ? 0.96 - at - wide : at
        fill(context, colour, [width * left, height * (level - high), width * wide, height * high])
      })
    }
  },
  hills(context, { width, height }) {
    fill(context, "#d3dde2", [0, 0, width, height])
    hill(context, "#a9bbbd", { width, height }, [0.52, 0.38, 0.46])
    hill(context, "#8ba3a0", { width, height }, [0.7, 0.66, 0.54])
    hill(context, "#6f8a82", { width, height }, [0.8, 0.88, 0.74])
  },
  arches(context, { width, height }) {
    fill(context, "#b9a999", [0, 0, width, height])
    for (let at = 0; at < 4; at++) {
      const [middle, half] = [width * (0.14 + at * 0.24), width * 0.085]
      context.fillStyle = "#d8cdc0"
      context.beginPath()
      context.arc(middle, height * 0.36, half, Math.PI, 0)
      context.lineTo(middle + half, height * 0.86)
      context.lineTo(middle - half, height * 0.86)
      context.fill()
    }
    fill(context, "#94836f", [0, height * 0.86, width, height * 0.14])
  },
}

/** From the left edge, width, height as parts of the picture, and a colour. */
const books: readonly (readonly [number, number, number, string])[] = [
  [0.08, 0.02, 0.17, "#5e6f7c"],
  [0.102, 0.026, 0.15, "#a4836a"],
  [0.13, 0.018, 0.18, "#7c8a6f"],
  [0.15, 0.03, 0.14, "#8b6b6b"],
  [0.72, 0.05, 0.12, "#e0d9c8"],
  [0.79, 0.022, 0.17, "#6a7f86"],
  [0.814, 0.028, 0.155, "#b09a72"],
  [0.844, 0.02, 0.165, "#74687c"],
]

function fill(context: Canvas2d, colour: string, [x, y, width, height]: readonly [number, number, number, number]): void {
  context.fillStyle = colour
  context.fillRect(x, y, width, height)
}

/** A slope through three heights: left, middle, right, as parts of the picture. */
function hill(context: Canvas2d, colour: string, { width, height }: Size, [left, middle, right]: readonly [number, number, number]): void {
  context.fillStyle = colour
  context.beginPath()
  context.moveTo(0, height * left)
  context.bezierCurveTo(width * 0.3, height * left, width * 0.35, height * middle, width * 0.55, height * middle)
  context.bezierCurveTo(width * 0.75, height * middle, width * 0.8, height * right, width, height * right)
  context.lineTo(width, height)
  context.lineTo(0, height)
  context.fill()
}
