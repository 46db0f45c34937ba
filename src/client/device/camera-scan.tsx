import { useEffect, useRef, useState } from "react";
import { readSerials } from "#sensor/serials.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import classes from "./serial.module.css";

type Trouble = "cameraRefused" | "cameraMissing" | "cameraInsecure" | "cameraFailed";

function troubleOf(error: unknown): Trouble {
  const name = error instanceof DOMException || error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "cameraRefused";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "cameraMissing" : "cameraFailed";
}

export interface CameraScanProps {
  onFound: (code: string) => void;
  /** A code without a serial number: another one on the box may have it. */
  onOther: (code: string) => void;
  onClose: () => void;
}

/**
 * Reads barcodes and QR codes with the camera until one names a serial number. The picture never leaves the
 * browser.
 */
export function CameraScan({ onFound, onOther, onClose }: CameraScanProps) {
  const t = useMessages("device", "search");
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const handlers = useRef({ onFound, onOther });
  handlers.current = { onFound, onOther };

  useEffect(() => {
    let stop = () => {};
    let isGone = false;
    const scan = async () => {
      if (!navigator.mediaDevices) return setTrouble("cameraInsecure");
      const [{ BrowserMultiFormatReader }, { BarcodeFormat, DecodeHintType }] = await Promise.all([
        import("@zxing/browser"),
        import("@zxing/library"),
      ]);
      if (isGone || !video.current) return;
      const { EAN_13, EAN_8, UPC_A, UPC_E } = BarcodeFormat;
      const ofShops = [EAN_13, EAN_8, UPC_A, UPC_E];
      // Without it the separators of GS1-128 are dropped.
      const hints = new Map([[DecodeHintType.ASSUME_GS1, true]]);
      const controls = await new BrowserMultiFormatReader(hints).decodeFromConstraints(
        { video: { facingMode: "environment" } },
        video.current,
        (result, _, running) => {
          if (!result || isGone) return;
          const isOfShops = ofShops.includes(result.getBarcodeFormat());
          const code = isOfShops ? `]E0${result.getText()}` : result.getText();
          if (readSerials(code).without) return handlers.current.onOther(code);
          running.stop();
          handlers.current.onFound(code);
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
