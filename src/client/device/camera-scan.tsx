import { useEffect, useRef, useState } from "react";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import { serialInCode } from "./scanned-code.ts";
import classes from "./serial.module.css";

type Trouble = "cameraRefused" | "cameraMissing" | "cameraInsecure" | "cameraFailed";

function troubleOf(error: unknown): Trouble {
  const name = error instanceof DOMException || error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "cameraRefused";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "cameraMissing" : "cameraFailed";
}

/** Reads a barcode or QR code with the camera until one is found. The picture never leaves the browser. */
export function CameraScan({ onFound, onClose }: { onFound: (serial: string) => void; onClose: () => void }) {
  const t = useMessages("device", "search");
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const found = useRef(onFound);
  found.current = onFound;

  useEffect(() => {
    let stop = () => {};
    let isGone = false;
    const scan = async () => {
      if (!navigator.mediaDevices) return setTrouble("cameraInsecure");
      const { BrowserMultiFormatReader } = await import("@zxing/browser");
      if (isGone || !video.current) return;
      const controls = await new BrowserMultiFormatReader().decodeFromConstraints(
        { video: { facingMode: "environment" } },
        video.current,
        (result, _, running) => {
          if (!result || isGone) return;
          running.stop();
          found.current(serialInCode(result.getText()));
        },
      );
      stop = () => controls.stop();
      if (isGone) stop();
    };
    scan().catch((error: unknown) => !isGone && setTrouble(troubleOf(error)));
    return () => {
      isGone = true;
      stop();
    };
  }, []);

  return (
    <div className={classes.camera}>
      {trouble ? (
        <Notice color="orange" role="alert">
          {t(trouble)}
        </Notice>
      ) : (
        <video ref={video} muted playsInline aria-label={t("cameraPicture")} />
      )}
      <div className={`${layout.row} ${layout.aboveXs}`}>
        {/* The button that has opened it has made room for it. */}
        <Button variant="default" autoFocus onClick={onClose}>
          {t("cameraStop")}
        </Button>
      </div>
    </div>
  );
}
