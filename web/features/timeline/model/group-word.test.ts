import { addedWord } from './group-word'

describe('the word that notifies many', () => {
  it('is the wider one of a new message', () => {
    expect(['Hello', 'Hello @here', 'Hello @all', '@here and @all'].map((text) => addedWord(text, ''))).toEqual([
      null,
      'here',
      'all',
      'all',
    ])
  })

  it('is in an edit only what notifies people anew', () => {
    const edits = [
      ['Hello', 'Hello @all'],
      ['Hello @here', 'Hello @all'],
      ['Hello @all', 'Hi @all'],
      ['Hello @all', 'Hi @here'],
      ['Hello @here', 'Hi @here'],
    ] as const
    expect(edits.map(([before, text]) => addedWord(text, before))).toEqual(['all', 'all', null, null, null])
  })
})
