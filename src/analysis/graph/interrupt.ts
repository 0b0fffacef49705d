/** True when the caller wants a kernel to stop: a deadline passed or a job was cancelled. Polled between steps. */
export type Interrupt = () => boolean;

export const neverInterrupt: Interrupt = () => false;
