/** Who is in the small demo. The first is whose screen is shown in the README. */
export const people = [
  ['mira', 'Mira Okafor'],
  ['jonas', 'Jonas Lindqvist'],
  ['priya', 'Priya Raman'],
  ['tomas', 'Tomás Herrera'],
  ['aiko', 'Aiko Tanaka'],
  ['lea', 'Léa Fontaine'],
  ['yusuf', 'Yusuf Haddad'],
] as const

export type Name = (typeof people)[number][0]

/** A message of a story, and what became of it. */
export interface Said {
  /** `3d 09:15`, or `25m` for minutes ago. */
  readonly at: string
  readonly by: Name
  /** `@mira` mentions her. */
  readonly text: string
  /** What its author changed it to, one after the other. */
  readonly edits?: readonly string[]
  readonly reactions?: Readonly<Record<string, readonly Name[]>>
  readonly pinnedBy?: Name
  readonly deleted?: boolean
  readonly replies?: readonly Said[]
  /** How many of the replies some have not read. */
  readonly threadUnread?: Partial<Readonly<Record<Name, number>>>
  /** Of a reply. */
  readonly alsoInConversation?: boolean
  /** By which a later one quotes it. */
  readonly mark?: string
  /** The mark of the message that it answers. */
  readonly quotes?: string
}

/** A conversation: direct when it has two members. */
export interface Story {
  readonly title: string | null
  /** The first one has started it. */
  readonly members: readonly Name[]
  readonly lines: readonly Said[]
  /** How many of the last lines some have not read. */
  readonly unread?: Partial<Readonly<Record<Name, number>>>
}

const festival: Story = {
  title: 'Harbour Festival',
  members: ['mira', 'jonas', 'priya', 'tomas', 'aiko', 'lea', 'yusuf'],
  lines: [
    {
      at: '6d 09:02',
      by: 'mira',
      text: 'Welcome, everybody! One place for all that concerns Saturday, so that nobody has to search their mail.',
      reactions: { '🎉': ['priya', 'tomas', 'aiko', 'lea'], '⚓': ['jonas', 'yusuf'] },
    },
    {
      at: '6d 09:05',
      by: 'mira',
      mark: 'plan',
      text: '**The day**\n1. Quay opens at ten, music from noon\n2. Boats at two – _if_ the wind stays below five\n3. Lanterns at nine\n\nThe map is at https://harbour-festival.example/map',
      edits: [
        '**The day**\n1. Quay opens at ten, music from eleven\n2. Boats at two – _if_ the wind stays below five\n3. Lanterns at nine\n\nThe map is at https://harbour-festival.example/map',
        '**The day**\n1. Quay opens at ten, music from eleven\n2. Boats at two – _if_ the wind stays below five\n3. Lanterns at half past nine, when it is dark\n\nThe map is at https://harbour-festival.example/map',
      ],
      reactions: { '👍': ['priya', 'jonas', 'lea', 'tomas'] },
      pinnedBy: 'mira',
    },
    {
      at: '6d 09:31',
      by: 'priya',
      text: 'Volunteers so far: 14 for the morning, 9 for the afternoon. We are short of people after three.',
    },
    {
      at: '6d 09:40',
      by: 'tomas',
      text: 'My sister and two of her friends can do three to six.',
      reactions: { '🙌': ['priya', 'mira', 'lea'], '❤️': ['priya'] },
    },
    { at: '6d 09:41', by: 'priya', text: 'That makes 12. One or two more and I sleep well.' },
    { at: '5d 11:20', by: 'yusuf', text: 'الفرقة الموسيقية من حيّنا أكدت الحضور، ستعزف ساعة كاملة عند الظهر 🎶' },
    {
      at: '5d 11:22',
      by: 'yusuf',
      text: 'In short: the band said yes, a full hour at noon.',
      reactions: { '🎶': ['aiko', 'mira'], '🔥': ['tomas'] },
    },
    {
      at: '5d 16:08',
      by: 'jonas',
      text: 'Power, final version:\n```yaml\nstage:  { from: pump house, amps: [32, 32] }\nfood:   { from: quay,       amps: [16, 16, 16] }\nlights: { from: battery,    carried_in: "07:00" }\n```\nIf anybody plugs in a kettle, the stage goes dark.',
      reactions: { '🔋': ['aiko'], '☕': ['lea', 'tomas'] },
      pinnedBy: 'mira',
    },
    {
      at: '4d 10:12',
      by: 'lea',
      mark: 'budget',
      text: 'Budget is at 4,180 of 4,500. Please ask before you buy anything that has a plug.',
      replies: [
        { at: '4d 10:15', by: 'jonas', text: 'Define “anything”.' },
        { at: '4d 10:16', by: 'lea', text: '@jonas.', reactions: { '😂': ['mira', 'aiko', 'tomas', 'priya'] } },
        { at: '4d 10:18', by: 'jonas', text: 'Understood. The second fog machine goes back.' },
        { at: '4d 10:30', by: 'mira', text: 'There was a **second** one?' },
        { at: '4d 10:31', by: 'jonas', text: 'There is a very small chance that there was a third.' },
      ],
    },
    { at: '4d 10:40', by: 'tomas', text: 'wrong chat, sorry', deleted: true },
    { at: '3d 18:25', by: 'aiko', text: '😍' },
    {
      at: '3d 18:25',
      by: 'aiko',
      text: 'The lanterns arrived. 灯籠は全部で百二十個、思ったよりずっと綺麗です。 All hundred and twenty in one piece.',
      reactions: { '🏮': ['mira', 'lea', 'priya', 'jonas', 'yusuf'], '😍': ['tomas'] },
    },
    {
      at: '3d 18:44',
      by: 'priya',
      text: '> Boats at two – if the wind stays below five\n\nForecast says four. @mira shall I tell the rowing club?',
    },
    { at: '3d 18:50', by: 'mira', text: 'Yes please. And tell them there is soup.', reactions: { '🍲': ['priya'] } },
    {
      at: '2d 08:15',
      by: 'lea',
      text: 'Posters are up from the station to the fish market. Guess who is on the big one: ||it is Jonas, with the cable||',
      reactions: { '😂': ['mira', 'priya', 'aiko'], '🙈': ['jonas'] },
    },
    {
      at: '1d 17:02',
      by: 'tomas',
      text: 'Weather says dry until evening. I am choosing to believe it.',
      mark: 'weather',
      reactions: { '🤞🏽': ['mira'], '🤞': ['lea', 'priya'] },
    },
    { at: '1d 17:10', by: 'jonas', quotes: 'weather', text: 'You said that last year, on the boat, in the rain.' },
    {
      at: '1d 17:31',
      by: 'priya',
      text: 'Who takes the info desk from four to six? Two people, no experience needed, cake included.',
      replies: [
        { at: '1d 17:40', by: 'aiko', text: 'Me, when the photos are done.' },
        { at: '1d 17:52', by: 'yusuf', text: 'And me. Which cake?' },
        { at: '1d 17:53', by: 'priya', text: 'The good one.' },
        {
          at: '52m',
          by: 'aiko',
          text: 'I may be ten minutes late, the harbour master wants a portrait.',
          alsoInConversation: true,
        },
      ],
      threadUnread: { mira: 1 },
      reactions: { '🍰': ['yusuf', 'lea'] },
    },
    { at: '41m', by: 'lea', text: '@mira the printer asks: 300 programmes or 400? They need to know by *five*.' },
    {
      at: '33m',
      by: 'mira',
      quotes: 'plan',
      text: '400, and please with the lanterns at half past nine – I changed it up there.',
    },
    {
      at: '31m',
      by: 'lea',
      text: 'Ordered. 372.40, and they bring them to the quay on Friday.',
      reactions: { '🙏🏽': ['mira'], '👏': ['priya', 'tomas'] },
    },
    {
      at: '18m',
      by: 'jonas',
      text: 'Stage is up. It does not wobble. I jumped on it, for science.',
      reactions: { '🤸': ['tomas', 'aiko', 'mira'] },
    },
    { at: '17m', by: 'jonas', text: '🎪' },
    { at: '6m', by: 'yusuf', text: 'Coming with the van in ten minutes. Can somebody open the gate at pier two?' },
    { at: '4m', by: 'tomas', text: 'On my way, I have the key.', reactions: { '🗝️': ['yusuf'] } },
  ],
  unread: { jonas: 2, priya: 5, aiko: 3, lea: 2 },
}

const release: Story = {
  title: 'Ticket shop',
  members: ['jonas', 'mira', 'priya', 'aiko'],
  lines: [
    {
      at: '5d 14:01',
      by: 'jonas',
      text: 'The shop sells the same seat twice when two people pay within a second. I can reproduce it.',
    },
    {
      at: '5d 14:09',
      by: 'priya',
      text: 'It reads before it writes. This should be one statement:\n```sql\nupdate seats\n   set holder = $1\n where id = $2 and holder is null\nreturning id;\n```\nNo row, no ticket.',
      reactions: { '💡': ['jonas', 'mira'], '❤️': ['aiko'] },
      pinnedBy: 'jonas',
      replies: [
        { at: '5d 14:20', by: 'jonas', text: 'And `holder` gets an index, or Saturday will be slow.' },
        { at: '5d 14:26', by: 'priya', text: 'It has one. I checked with `explain`, twice.' },
      ],
    },
    {
      at: '5d 15:40',
      by: 'jonas',
      text: 'Deployed. ~~Two hundred~~ Two thousand buyers at once, no seat sold twice.',
      edits: ['Deployed. Two thousand buyers at once, no seat sold twice.'],
      reactions: { '🚀': ['mira', 'priya', 'aiko'] },
    },
    {
      at: '2d 12:11',
      by: 'aiko',
      text: 'Buttons on the phone:\n- pay: 48 px, in reach of the thumb\n- back: top left, as everywhere\n- the seat map zooms with two fingers\n  - and with `+` and `-`, for those who have none free',
    },
    { at: '2d 12:30', by: 'mira', text: 'This is lovely.' },
    { at: '95m', by: 'priya', text: 'Refunds work too now. @jonas could you look at the last commit?' },
    { at: '88m', by: 'jonas', text: 'Looked, merged, and sold myself a ticket to celebrate.' },
    {
      at: '12m',
      by: 'aiko',
      text: 'We are at 1,204 sold. @all the quay holds 1,500, so I close the shop at 1,450.',
      reactions: { '👍': ['priya', 'jonas'] },
    },
  ],
  unread: { mira: 3, priya: 1 },
}

const books: Story = {
  title: 'Book club',
  members: ['priya', 'mira', 'lea', 'aiko'],
  lines: [
    { at: '4d 20:02', by: 'priya', text: 'Next one is on the 3rd. Lea’s place?' },
    {
      at: '4d 20:10',
      by: 'lea',
      text: 'Yes, and I am making the soup from chapter nine.',
      reactions: { '🍲': ['priya', 'aiko'], '🙏🏽': ['mira'] },
    },
    { at: '4d 20:12', by: 'mira', text: 'I am at chapter four, so please nobody say who makes the soup.' },
    {
      at: '4d 20:14',
      by: 'aiko',
      text: '||It is the lighthouse keeper.||',
      reactions: { '😱': ['lea'], '🤐': ['priya'] },
    },
    { at: '1d 21:15', by: 'mira', text: 'Chapter nine. I opened the spoiler. I regret nothing.' },
  ],
}

const jonas: Story = {
  title: null,
  members: ['mira', 'jonas'],
  lines: [
    { at: '3d 08:40', by: 'jonas', text: 'Morning! Did the venue answer about Saturday?' },
    {
      at: '3d 08:52',
      by: 'mira',
      text: 'They did. We can have the big room from ten, and the projector is in the price.',
    },
    { at: '3d 08:53', by: 'jonas', text: 'Perfect. I will bring the long HDMI cable anyway, just in case.' },
    {
      at: '3d 08:55',
      by: 'mira',
      text: 'You have never trusted a projector in your life 😄',
      reactions: { '😂': ['jonas'] },
    },
    { at: '3d 08:56', by: 'jonas', text: 'And I have never been wrong.' },
    { at: '1d 13:20', by: 'mira', text: 'The projector broke.', reactions: { '😇': ['jonas'] } },
    { at: '1d 13:21', by: 'jonas', text: '…' },
    { at: '1d 13:21', by: 'jonas', text: 'I am on my way with the cable.' },
  ],
}

const aiko: Story = {
  title: null,
  members: ['mira', 'aiko'],
  lines: [
    {
      at: '2d 19:30',
      by: 'aiko',
      text: 'I pushed the new photos to the shared album. The one from the harbour is my favourite.',
      reactions: { '😍': ['mira'], '📸': ['mira'] },
    },
    { at: '2d 19:41', by: 'mira', text: 'That light! May we use it for the poster?' },
    { at: '2d 19:44', by: 'aiko', text: 'もちろん！ I can send the full size tonight.' },
    { at: '64m', by: 'aiko', text: 'Sent. Print it large 🙂' },
  ],
  unread: { mira: 1 },
}

const lea: Story = {
  title: null,
  members: ['lea', 'mira'],
  lines: [
    {
      at: '1d 15:03',
      by: 'lea',
      text: 'Coffee at four? I have questions about the budget, and cake to bribe you with.',
    },
    { at: '1d 15:06', by: 'mira', text: 'Is it a question that has a plug?' },
    { at: '1d 15:06', by: 'lea', text: 'It has *two* plugs.' },
    { at: '1d 15:07', by: 'mira', text: 'Then bring the big slice.', reactions: { '🍰': ['lea'] } },
  ],
}

const yusuf: Story = {
  title: null,
  members: ['yusuf', 'mira'],
  lines: [
    { at: '2d 10:00', by: 'yusuf', text: 'صباح الخير ميرا! متى تبدأ تجربة الصوت؟' },
    { at: '2d 10:04', by: 'mira', text: 'صباح النور 🌞 Sound check is at ten, the band at half past.' },
    { at: '2d 10:05', by: 'yusuf', text: 'ممتاز، شكراً' },
  ],
}

/** In the order in which they are imported, which is that of nothing on the screen. */
export const stories: readonly Story[] = [festival, release, books, jonas, aiko, lea, yusuf]
