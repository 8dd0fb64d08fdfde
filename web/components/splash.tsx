import { LogoMark } from './logo'

/** Shown until the session is known. */
export function Splash() {
  return (
    <main className="grid h-dvh place-items-center" aria-busy="true">
      <title>Parley</title>
      <h1 className="sr-only">Parley is opening</h1>
      <LogoMark className="size-12 animate-[breathe_1.6s_ease-in-out_infinite]" />
    </main>
  )
}
