/** The number after the word "version", else the first one: "PostgreSQL 18.4" → [18, 4]. */
export function parseVersion(text: string | null): number[] | null {
  const number = text?.match(/version "?v?(\d+(?:\.\d+)*)/)?.[1] ?? text?.match(/\d+(?:\.\d+)*/)?.[0]
  return number ? number.split('.').map(Number) : null
}

export function isAtLeast(version: number[] | null, wanted: number[]): version is number[] {
  if (!version) return false
  for (let part = 0; part < wanted.length; part++) {
    const difference = (version[part] ?? 0) - (wanted[part] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

/** The versions in the cache; they are part of its folder names, so a new version is fetched beside the old one. */
export const pinned = {
  postgres: '18.4.0-beta.17',
  valkey: '9.1.2.post2',
  kafka: '4.3.1',
  slf4j: '1.7.36',
  secantus: '0.7.0b3',
  secantusRust: '0.5.3-beta.196',
  versitygw: '1.8.0',
  chromium: '147.0.2',
}
