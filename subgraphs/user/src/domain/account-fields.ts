import { type FieldFault, InvalidFields } from '@parley/kernel/errors'
import { limits } from '@parley/kernel/limits'
import { charactersOf, isVisible, normalized } from '@parley/kernel/normalized'
import type { DisplayName, Password, Username } from './account'

export type Checked<Value> =
  { readonly valid: true; readonly value: Value } | { readonly valid: false; readonly fault: FieldFault }

export interface RawRegistration {
  readonly username: string
  readonly displayName: string
  readonly password: string
}

export interface Registration {
  readonly username: Username
  readonly displayName: DisplayName
  readonly password: Password
}

const { displayNameLength, passwordLength, usernameLength } = limits

const username = new RegExp(`^[a-z0-9_]{${usernameLength.min},${usernameLength.max}}$`)
/** Control characters, lone surrogates, private use and marks that change the text direction. */
const forbidden = /[\p{Cc}\p{Cs}\p{Co}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u

const fault = (field: keyof RawRegistration, message: string): Checked<never> => ({
  valid: false,
  fault: { field, code: 'INVALID_FIELD', message },
})

/** Usernames are lower case only, so that no two differ by case. */
export const normalizedUsername = (value: string): string => value.trim().toLowerCase()

/** The same password typed on two keyboards may arrive in two Unicode forms. */
export const normalizedPassword = (value: string): Password =>
  normalized(value.toWellFormed(), 'NFKC', passwordLength.max) as Password

export function checkUsername(raw: string): Checked<Username> {
  const value = normalizedUsername(raw)
  return username.test(value)
    ? { valid: true, value: value as Username }
    : fault(
        'username',
        `A username has ${usernameLength.min} to ${usernameLength.max} characters: letters a to z, digits and underscores.`,
      )
}

export function checkDisplayName(raw: string): Checked<DisplayName> {
  if (forbidden.test(raw.trim()))
    return fault('displayName', 'A name cannot contain line breaks or control characters.')
  const value = normalized(raw, 'NFC', displayNameLength)
    .trim()
    .replaceAll(/\p{Zs}+/gu, ' ')
  if (!isVisible(value)) return fault('displayName', 'A name needs at least one visible character.')
  if (charactersOf(value) > displayNameLength)
    return fault('displayName', `A name has at most ${displayNameLength} characters.`)
  return { valid: true, value: value as DisplayName }
}

export function checkPassword(raw: string): Checked<Password> {
  const value = normalizedPassword(raw)
  const length = charactersOf(value)
  return length >= passwordLength.min && length <= passwordLength.max
    ? { valid: true, value }
    : fault('password', `A password has ${passwordLength.min} to ${passwordLength.max} characters.`)
}

/** Throws InvalidFields with the faults of all fields, so that a user sees them at once. */
export function registrationOf(raw: RawRegistration): Registration {
  const username = checkUsername(raw.username)
  const displayName = checkDisplayName(raw.displayName)
  const password = checkPassword(raw.password)
  if (username.valid && displayName.valid && password.valid)
    return { username: username.value, displayName: displayName.value, password: password.value }
  throw new InvalidFields([username, displayName, password].flatMap((field) => (field.valid ? [] : [field.fault])))
}

export function displayNameOf(raw: string): DisplayName {
  const checked = checkDisplayName(raw)
  if (!checked.valid) throw new InvalidFields([checked.fault])
  return checked.value
}
