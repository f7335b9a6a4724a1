// A pointer that is held and moved: a mouse, a pen or a finger. A press that goes nowhere stays a click.

/** So far a hand trembles. */
const STILL_PX = 4;

/** `to`: where it is now, each time that it moves; `dropped` when it is let go after having moved. */
export function dragged(event: PointerEvent, to: (x: number) => void, dropped: () => void = () => {}): void {
  const place = event.currentTarget as HTMLElement;
  const { pointerId, clientX } = event;
  let isMoving = false;
  place.setPointerCapture(pointerId);
  const move = ({ clientX: x }: PointerEvent) => {
    isMoving ||= Math.abs(x - clientX) > STILL_PX;
    if (isMoving) to(x);
  };
  const end = ({ type }: PointerEvent) => {
    place.removeEventListener('pointermove', move);
    place.removeEventListener('pointerup', end);
    place.removeEventListener('pointercancel', end);
    if (!isMoving || type !== 'pointerup') return;
    // The click that follows a drag is none.
    place.addEventListener('click', stopped, { capture: true, once: true });
    setTimeout(() => place.removeEventListener('click', stopped, { capture: true }));
    dropped();
  };
  place.addEventListener('pointermove', move);
  place.addEventListener('pointerup', end);
  place.addEventListener('pointercancel', end);
}

function stopped(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}
