import type { Random } from './random.ts'

const given =
  'Ada Aiko Amara Anton Björn Carla Chloé Daan Dmitri Elif Emre Farah Finn Grace Hana Hugo Ines Ivo Jana Jonas Kofi Lea Liam Lucía Maja Mateo Mina Nadia Noah Nour Olga Omar Paula Priya Quentin Rosa Samir Sofia Tarek Tomás Uma Vera Wanda Xenia Yara Yusuf Zoë Zoran'.split(
    ' ',
  )
const family =
  'Adeyemi Bauer Berg Costa Dubois Eriksen Fischer García Haddad Herrera Ito Jansen Kaya Kowalski Larsen Lindqvist Mensah Moreau Nakamura Novak Okafor Olsen Petrov Quiroga Raman Rossi Sato Schmidt Silva Tanaka Tran Usman Virtanen Weber Yilmaz Zhang'.split(
    ' ',
  )
const topics =
  'Harbour Kitchen Design Support Launch Budget Garden Release Weekend Research Sales Travel Music Running Film Platform Data Hiring Office Lunch'.split(
    ' ',
  )
const kinds = 'team crew club room plans notes circle desk'.split(' ')
const openings = ['Morning!', 'Quick one:', 'Right,', 'So', 'By the way,', 'Good point.', 'Hm.', '', '', '', '']
const middles =
  'the draft is in the shared folder|I moved the meeting to Thursday|the numbers look better than last week|can we talk after lunch|the build is green again|nobody has answered yet|I will bring the long cable|the venue said yes|that is what I meant|the second version reads better|we are two people short|somebody left a bag in the hall|my train is late|the cake is almost gone|the error is in the import, not in the export'.split(
    '|',
  )
const endings = ['.', '!', '?', ' 👍', ' 😄', '…', '.', '.', ', I think.', ' – what do you say?', ' 🎉']
const short = ['ok', 'Yes', 'no', '👍', 'Thanks!', '😄', 'On my way', 'Done.', 'Same here', 'Why?', 'Soon', '100 %']

export const personName = (random: Random): string => `${random.pick(given)} ${random.pick(family)}`

export const groupTitle = (random: Random, number: number): string =>
  `${random.pick(topics)} ${random.pick(kinds)} ${number}`

/** Usually a line, often a word, sometimes a page. */
export function messageText(random: Random): string {
  const kind = random.next()
  if (kind < 0.25) return random.pick(short)
  const sentences = kind < 0.8 ? 1 : kind < 0.98 ? random.between(2, 5) : random.between(10, 60)
  return Array.from({ length: sentences }, () =>
    `${random.pick(openings)} ${random.pick(middles)}${random.pick(endings)}`.trim(),
  ).join(' ')
}
