import type { Pen } from './drawable'

/** Pixels. */
const size = 20
const cell = 36
const margin = 5
const columns = 16

/** Draws with the fonts of the page; null where a browser has no canvas. */
export async function canvasPen(): Promise<Pen | null> {
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
  const pixels = (emoji: readonly string[], colour: string): Uint8ClampedArray => {
    prepare(Math.ceil(emoji.length / columns))
    context.fillStyle = colour
    // In the middle of its cell: a picture is higher than its line.
    emoji.forEach((one, index) =>
      context.fillText(one, (index % columns) * cell + margin, (Math.floor(index / columns) + 0.5) * cell),
    )
    return context.getImageData(0, 0, canvas.width, canvas.height).data
  }
  prepare(1)
  await fontsFor(context)
  return {
    width: (emoji) => context.measureText(emoji).width,
    haveColours: (emoji) => {
      if (emoji.length === 0) return []
      const [black, red] = [pixels(emoji, '#000'), pixels(emoji, '#f00')]
      const isSame = (at: number) => (black[at + 3] ?? 0) > 128 && black[at] === red[at]
      return emoji.map((_, index) => {
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
async function fontsFor(context: CanvasRenderingContext2D): Promise<void> {
  context.fillText('😀', 0, 0)
  const loading = [...document.fonts].filter(({ status }) => status === 'loading')
  await Promise.allSettled(loading.map(({ loaded }) => loaded))
}
