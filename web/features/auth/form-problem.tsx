/** An error of the form as a whole. */
export function FormProblem({ children }: { readonly children: string | null }) {
  return (
    <div role="alert">
      {children !== null && <p className="rounded-lg bg-danger-wash px-3 py-2.5 text-sm text-danger">{children}</p>}
    </div>
  )
}
