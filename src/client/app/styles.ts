// Mantine's variables, which all styles here use, then what is the base of every page, and what may outdo it.
import "@mantine/core/styles/baseline.css";
import "@mantine/core/styles/default-css-variables.css";
import "../ui/theme.css";
import "../ui/paper.css";
import "../ui/bands.css";
import "../ui/prose.module.css";
import "../ui/layout.module.css";
import "../ui/frame.module.css";
import "../ui/badge.module.css";
import "../ui/table.module.css";
import "../ui/button.module.css";
import "../ui/field.module.css";
import "../ui/segmented.module.css";
import "../ui/notice.module.css";
import "../ui/skeleton.module.css";
import "../ui/switch.module.css";
import "./global.css";
