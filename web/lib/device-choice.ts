import { DeviceText } from './device-text'
import { Store } from './store'

/** One of several, chosen on this device for all of its tabs. A device without storage keeps it for the tab alone. */
export class DeviceChoice<Choice extends string> extends Store<Choice> {
  readonly #kept: DeviceText

  /** The first of the choices is the one that nobody had to make. */
  constructor(
    key: string,
    readonly choices: readonly [Choice, ...Choice[]],
  ) {
    super(choices[0])
    this.#kept = new DeviceText(key)
    this.#reread()
    if (typeof window !== 'undefined') this.#kept.follow(() => this.#reread())
  }

  override set(choice: Choice): void {
    super.set(choice)
    this.#kept.write(choice === this.choices[0] ? null : choice)
  }

  #reread(): void {
    super.set(this.choices.find((choice) => choice === this.#text()) ?? this.choices[0])
  }

  #text(): string | null {
    try {
      return this.#kept.read()
    } catch {
      // On the server, or storage is refused.
      return null
    }
  }
}
