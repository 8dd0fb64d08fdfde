import { disagreeing, undescribed } from './descriptions.ts'

const described = `
  """A thing."""
  type Thing {
    """Its colour."""
    colour(
      """How bright."""
      brightness: Int
    ): Colour
  }

  """What it may be."""
  enum Colour {
    """Like the sea."""
    BLUE
  }

  """What to change."""
  input ThingInput {
    """The new colour."""
    colour: Colour
  }

  """One or the other."""
  union Either = Thing

  """Seconds since 1970."""
  scalar Instant

  """What has a colour."""
  interface Coloured {
    """The colour."""
    colour: Colour
  }
`

/** Each takes one description away. */
const planted: readonly { without: string; place: string }[] = [
  { without: 'A thing.', place: 'Thing' },
  { without: 'Its colour.', place: 'Thing.colour' },
  { without: 'How bright.', place: 'Thing.colour.brightness' },
  { without: 'What it may be.', place: 'Colour' },
  { without: 'Like the sea.', place: 'Colour.BLUE' },
  { without: 'What to change.', place: 'ThingInput' },
  { without: 'The new colour.', place: 'ThingInput.colour' },
  { without: 'One or the other.', place: 'Either' },
  { without: 'Seconds since 1970.', place: 'Instant' },
  { without: 'What has a colour.', place: 'Coloured' },
  { without: 'The colour.', place: 'Coloured.colour' },
]

describe('descriptions', () => {
  it('are all there', () => {
    expect(undescribed(described)).toEqual([])
  })

  it.each(planted)('are missed at $place', ({ without, place }) => {
    expect(undescribed(described.replace(`"""${without}"""`, ''))).toEqual([place])
  })

  it('are asked of the roots, and not of what federation brings', () => {
    const query = 'type Query { """Who asks.""" viewer: ID _service: _Service! } scalar _Any'
    expect(undescribed(query)).toEqual(['Query'])
    expect(undescribed(`"""All.""" ${query}`)).toEqual([])
  })
})

describe('subgraphs that describe one thing', () => {
  const owner = '"""Somebody.""" type User { """Which.""" id: ID! """A name.""" name: String }'
  const reference = '"""Somebody.""" type User { """Which.""" id: ID! }'

  it('do so in the same words', () => expect(disagreeing([owner, reference])).toEqual([]))
  it.each([
    ['Somebody.', 'User'],
    ['Which.', 'User.id'],
  ])('do not where %j is said otherwise', (words, place) => {
    expect(disagreeing([owner, reference.replace(words, 'Another.')])).toEqual([place])
  })
})
