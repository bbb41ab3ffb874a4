/** One check of the doctor (formats/atomic-agents.md §12). */
export type DoctorCheck = {
  readonly agent: string | null;
  readonly name: string;
  readonly title: string;
  readonly status: 'pass' | 'fail' | 'warn' | 'skip';
  readonly message: string;
  /** what it means for the agent */
  readonly means: string;
  readonly hint: string;
  readonly path: string | null;
  readonly line: number | null;
  readonly details: readonly string[];
  /** what would mend it safely: previewed as any other write; null where only a person can */
  readonly fix: { readonly id: string; readonly label: string } | null;
};

export type DoctorReport = {
  readonly checks: readonly DoctorCheck[];
  readonly pass: number;
  readonly fail: number;
  readonly warn: number;
  readonly skip: number;
};
