import { type KeyMark, markOfKey, toggledMark } from './marks'

/** The text with its selection in angle brackets, after the key. */
function after(written: string, mark: KeyMark): string {
  const start = written.indexOf('<')
  const end = written.indexOf('>') - 1
  const text = written.replace(/[<>]/g, '')
  const { from, to, insert, selection } = toggledMark(text, [start, end], mark)
  const next = text.slice(0, from) + insert + text.slice(to)
  return `${next.slice(0, selection[0])}<${next.slice(...selection)}>${next.slice(selection[1])}`
}

describe('the keys of marks', () => {
  it.each<[string, KeyMark, string]>([
    ['a <b> c', 'bold', 'a **<b>** c'],
    ['a **<b>** c', 'bold', 'a <b> c'],
    ['a <**b**> c', 'bold', 'a <b> c'],
    ['a <b> c', 'italic', 'a *<b>* c'],
    ['a *<b>* c', 'italic', 'a <b> c'],
    ['a **<b>** c', 'italic', 'a ***<b>*** c'],
    ['a ***<b>*** c', 'italic', 'a **<b>** c'],
    ['a ***<b>*** c', 'bold', 'a *<b>* c'],
    ['a <**b**> c', 'italic', 'a *<**b**>* c'],
    ['a <b> c', 'code', 'a `<b>` c'],
    ['a `<b>` c', 'code', 'a <b> c'],
    ['a < b > c', 'bold', 'a  **<b>**  c'],
    ['a <>', 'bold', 'a **<>**'],
    ['a **<>**', 'bold', 'a <>'],
    ['<>', 'code', '`<>`'],
    ['<a\nb>', 'code', '```\n<a\nb>\n```'],
    ['x <a\nb> y', 'code', 'x \n```\n<a\nb>\n```\n y'],
    ['<a\nb>', 'bold', '**<a\nb>**'],
    ['<**>', 'bold', '**<**>**'],
  ])('%s: %s makes %s', (written, mark, wanted) => expect(after(written, mark)).toBe(wanted))

  const none = { code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
  it.each([
    [{ key: 'b', ...none, ctrlKey: true }, false, 'bold'],
    [{ key: 'и', ...none, code: 'KeyB', ctrlKey: true }, false, 'bold'],
    [{ key: 'I', ...none, ctrlKey: true }, false, 'italic'],
    [{ key: 'e', ...none, ctrlKey: true }, false, 'code'],
    [{ key: 'e', ...none, metaKey: true }, true, 'code'],
    [{ key: 'e', ...none, ctrlKey: true }, true, null],
    [{ key: 'b', ...none, metaKey: true }, false, null],
    [{ key: 'b', ...none, ctrlKey: true, shiftKey: true }, false, null],
    [{ key: 'b', ...none, ctrlKey: true, altKey: true }, false, null],
    [{ key: 'b', ...none }, false, null],
    [{ key: 'Tab', ...none, ctrlKey: true }, false, null],
    [{ key: 'constructor', ...none, ctrlKey: true }, false, null],
  ] as const)('%j, on a Mac: %s, is %s', (key, isMac, mark) => expect(markOfKey(key, isMac)).toBe(mark))
})
