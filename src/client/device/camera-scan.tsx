import { Alert, Button, Group } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useMessages } from "../i18n.ts";
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
        <Alert color="orange" role="alert">
          {t(trouble)}
        </Alert>
      ) : (
        <video ref={video} muted playsInline aria-label={t("cameraPicture")} />
      )}
      <Group mt="xs">
        {/* The button that has opened it has made room for it. */}
        <Button variant="default" autoFocus onClick={onClose}>
          {t("cameraStop")}
        </Button>
      </Group>
    </div>
  );
}
