import { type ReactNode, useEffect, useRef } from "react";

interface SheetProps {
  readonly label: string;
  readonly className: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Something in front of the page, which Escape and a click beside it close. */
export function Sheet({ label, className, onClose, children }: SheetProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className={`sheet ${className}`}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => {
        // What is in it has a place of its own, so this is the backdrop.
        if (event.target === dialog.current) dialog.current.close();
      }}
    >
      <div className="sheet-body">{children}</div>
    </dialog>
  );
}
