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

/** Each removes one description. */
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
  it('are complete', () => {
    expect(undescribed(described)).toEqual([])
  })

  it.each(planted)('are reported as missing at $place', ({ without, place }) => {
    expect(undescribed(described.replace(`"""${without}"""`, ''))).toEqual([place])
  })

  it('are required for root types, and not for federation types', () => {
    const query = 'type Query { """Who asks.""" viewer: ID _service: _Service! } scalar _Any'
    expect(undescribed(query)).toEqual(['Query'])
    expect(undescribed(`"""All.""" ${query}`)).toEqual([])
  })
})

describe('subgraphs that describe one thing', () => {
  const owner = '"""A person.""" type User { """The id.""" id: ID! """A name.""" name: String }'
  const reference = '"""A person.""" type User { """The id.""" id: ID! }'

  it('use the same text', () => expect(disagreeing([owner, reference])).toEqual([]))
  it.each([
    ['A person.', 'User'],
    ['The id.', 'User.id'],
  ])('do not where %j differs', (words, place) => {
    expect(disagreeing([owner, reference.replace(words, 'Another.')])).toEqual([place])
  })
})
