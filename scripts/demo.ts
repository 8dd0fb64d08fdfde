import { randomUUID } from 'node:crypto'
import { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'

const password = 'parley-demo-2026'

const people = [
  ['mira', 'Mira Okafor'],
  ['jonas', 'Jonas Lindqvist'],
  ['priya', 'Priya Raman'],
  ['tomas', 'Tomás Herrera'],
  ['aiko', 'Aiko Tanaka'],
  ['lea', 'Léa Fontaine'],
] as const

type Name = (typeof people)[number][0]
/** Who says what, and who reacts to it with what. */
type Line = readonly [Name, string, Readonly<Record<string, readonly Name[]>>?]

const direct: readonly { between: readonly [Name, Name]; lines: readonly Line[] }[] = [
  {
    between: ['mira', 'jonas'],
    lines: [
      ['jonas', 'Morning! Did the venue answer about Saturday?'],
      ['mira', 'They did. We can have the big room from ten, and the projector is in the price.'],
      ['jonas', 'Perfect. I will bring the long HDMI cable anyway, just in case.'],
      ['mira', 'You have never trusted a projector in your life 😄', { '😂': ['jonas'] }],
      ['jonas', 'And I have never been wrong.'],
    ],
  },
  {
    between: ['mira', 'aiko'],
    lines: [
      [
        'aiko',
        'I pushed the new photos to the shared album. The one from the harbour is my favourite.',
        { '😍': ['mira'], '📸': ['mira'] },
      ],
      ['mira', 'That light! May we use it for the poster?'],
      ['aiko', 'Of course. I can send the full size tonight.'],
    ],
  },
  {
    between: ['mira', 'lea'],
    lines: [['lea', 'Coffee at four? I have questions about the budget and cake to bribe you with.']],
  },
]

const groups: readonly { title: string; owner: Name; members: readonly Name[]; lines: readonly Line[] }[] = [
  {
    title: 'Harbour Festival',
    owner: 'mira',
    members: ['jonas', 'priya', 'tomas', 'aiko', 'lea'],
    lines: [
      [
        'mira',
        'Welcome, everybody! One place for all that concerns Saturday, so that nobody has to search their mail.',
      ],
      ['priya', 'Volunteers so far: 14 for the morning, 9 for the afternoon. We are short of people after three.'],
      [
        'tomas',
        'My sister and two of her friends can do three to six.',
        { '🙌': ['priya', 'mira', 'lea'], '❤️': ['priya'] },
      ],
      ['priya', 'That makes 12. One or two more and I sleep well.'],
      ['aiko', 'I can take a shift when the photos are done.'],
      [
        'jonas',
        'Power plan, final version:\n– stage: 2 × 32 A from the pump house\n– food: 3 × 16 A from the quay\n– lights: battery, we carry them in at seven',
        { '👍': ['mira', 'priya', 'tomas', 'lea'], '🔋': ['aiko'] },
      ],
      ['lea', 'Budget is at 4,180 of 4,500. Please ask before you buy anything that has a plug.'],
      ['jonas', 'Define “anything”.'],
      ['lea', 'Jonas.', { '😂': ['mira', 'aiko', 'tomas', 'priya'] }],
      ['jonas', 'Understood.'],
      ['tomas', 'Weather says dry until evening. I am choosing to believe it.'],
    ],
  },
  {
    title: 'Book club',
    owner: 'priya',
    members: ['mira', 'lea', 'aiko'],
    lines: [
      ['priya', 'Next one is on the 3rd. Lea’s place?'],
      ['lea', 'Yes, and I am making the soup from chapter nine.', { '🍲': ['priya', 'aiko'], '🙏🏽': ['mira'] }],
      ['mira', 'I am at chapter four, so please nobody say who makes the soup.'],
    ],
  },
]

/** Creates people and conversations through the public API; a second run signs in and adds nothing. */
export async function seedDemo(url: string, say: (line: string) => void): Promise<void> {
  const clients = new Map<Name, Client>()
  for (const [username, displayName] of people) {
    const client = new Client(url)
    try {
      await client.logIn(username, password)
      say('\nThe demo is there already.')
      tell(say)
      return
    } catch {
      clients.set(username, await Client.register(url, { username, displayName, password }))
    }
  }
  const who = (name: Name): Client => {
    const client = clients.get(name)
    if (client === undefined) throw new Error(`${name} is not in the demo`)
    return client
  }
  for (const { title, owner, members, lines } of groups.toReversed()) {
    const input = { clientId: randomUUID(), title, memberIds: members.map((name) => who(name).userId) }
    const made = await who(owner).must<{ createGroupConversation: Made }>(createGroup, { input })
    await write(who, made.createGroupConversation.conversation.id, lines)
  }
  for (const { between, lines } of direct.toReversed()) {
    const [one, other] = between
    const made = await who(one).must<{ startDirectConversation: Made }>(startDirect, {
      input: { userId: who(other).userId },
    })
    await write(who, made.startDirectConversation.conversation.id, lines)
  }
  tell(say)
}

interface Sent {
  readonly event: { readonly message: { readonly id: string } }
}

interface Made {
  readonly conversation: { readonly id: string }
}

const createGroup =
  'mutation ($input: CreateGroupConversationInput!) { createGroupConversation(input: $input) { conversation { id } errors { code message } } }'
const startDirect =
  'mutation ($input: StartDirectConversationInput!) { startDirectConversation(input: $input) { conversation { id } errors { code message } } }'
const send =
  'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { event { message { id } } errors { code message } } }'
const react = 'mutation ($input: ReactionInput!) { addReaction(input: $input) { errors { code message } } }'

async function write(who: (name: Name) => Client, conversationId: string, lines: readonly Line[]): Promise<void> {
  for (const [name, text, reactions = {}] of lines) {
    const input = { conversationId, clientId: randomUUID(), text }
    // The first answer may come before the Kafka consumers have joined their group.
    const { sendMessage } = await eventually(() => who(name).must<{ sendMessage: Sent }>(send, { input }))
    const messageId = sendMessage.event.message.id
    for (const [emoji, names] of Object.entries(reactions))
      for (const one of names)
        await who(one).must(react, { input: { conversationId, messageId, emoji, clientId: randomUUID() } })
  }
}

function tell(say: (line: string) => void): void {
  say(`Demo: sign in as ${people.map(([username]) => username).join(', ')}; the password of each is ${password}`)
}
