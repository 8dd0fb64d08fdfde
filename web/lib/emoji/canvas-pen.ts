import type { Pen } from './drawable'

/** Pixels. */
const size = 20
const cell = 36
const margin = 5
const columns = 16

/** Draws `emoji` and others like them with the fonts of the page; null where a browser has no canvas. */
export async function canvasPen(emoji: readonly string[]): Promise<Pen | null> {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return null
  const prepare = (rows: number) => {
    canvas.width = columns * cell
    canvas.height = rows * cell
    // A new size forgets them.
    context.font = `${size}px ${getComputedStyle(document.body).fontFamily}`
    context.textBaseline = 'middle'
  }
  const pixels = (drawn: readonly string[], colour: string): Uint8ClampedArray => {
    prepare(Math.ceil(drawn.length / columns))
    context.fillStyle = colour
    // In the middle of its cell: a picture is higher than its line.
    drawn.forEach((one, index) =>
      context.fillText(one, (index % columns) * cell + margin, (Math.floor(index / columns) + 0.5) * cell),
    )
    return context.getImageData(0, 0, canvas.width, canvas.height).data
  }
  prepare(1)
  await fontsFor(context, emoji)
  return {
    width: (text) => context.measureText(text).width,
    haveColours: (drawn) => {
      if (drawn.length === 0) return []
      const [black, red] = [pixels(drawn, '#000'), pixels(drawn, '#f00')]
      const isSame = (at: number) => (black[at + 3] ?? 0) > 128 && black[at] === red[at]
      return drawn.map((_, index) => {
        const start = Math.floor(index / columns) * cell * canvas.width + (index % columns) * cell
        for (let row = 0; row < cell; row += 1)
          for (let column = 0; column < cell; column += 1)
            if (isSame((start + row * canvas.width + column) * 4)) return true
        return false
      })
    },
  }
}

/** A font that the page fetches when it first needs it is not there for what is drawn first. */
async function fontsFor(context: CanvasRenderingContext2D, emoji: readonly string[]): Promise<void> {
  for (const one of emoji) context.fillText(one, 0, 0)
  const loading = [...document.fonts].filter(({ status }) => status === 'loading')
  await Promise.allSettled(loading.map(({ loaded }) => loaded))
}
