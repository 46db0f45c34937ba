# Makes cases.json: seeded lives of sensors, and what R's survival package says of them.
library(survival)
set.seed(20261128)
num <- function(x) ifelse(is.na(x), "null", sprintf("%.17g", x))
arr <- function(x) paste0("[", paste(num(x), collapse = ","), "]")
wear <- function(n, early, days) {
  end <- ifelse(runif(n) < early, runif(n, 0, days), days + rexp(n, 2))
  known <- runif(n, 0, 2.2 * days)
  data.frame(time = pmin(end, known), status = as.integer(end <= known))
}
hours <- function(d) { d$time <- floor(d$time * 24); d }
days <- function(d) { d$time <- floor(d$time); d }
pair <- function(a, b) { a$group <- 1; b$group <- 2; rbind(a, b) }
cases <- list(
  "by the hour" = pair(hours(wear(400, 0.15, 14)), hours(wear(300, 0.3, 14))),
  "by the day, many ties" = pair(days(wear(900, 0.15, 14)), days(wear(700, 0.2, 10))),
  "not rounded" = pair(wear(60, 0.3, 14), wear(45, 0.3, 14)),
  "no difference" = pair(hours(wear(200, 0.2, 14)), hours(wear(200, 0.2, 14))),
  "few" = pair(hours(wear(10, 0.5, 14)), hours(wear(12, 0.2, 14))),
  "one event" = pair(data.frame(time = c(5, 8, 8, 9), status = c(0, 1, 0, 0)),
                     data.frame(time = c(3, 9, 10), status = c(0, 0, 0))),
  "all ended" = pair(data.frame(time = c(1, 2, 2, 3, 14), status = 1),
                     data.frame(time = c(2, 4, 14, 14), status = 1)),
  "zero times" = pair(data.frame(time = c(0, 0, 1, 5, 5, 7, 0, 6), status = c(1, 0, 1, 1, 0, 1, 1, 0)),
                      data.frame(time = c(0, 3, 3, 4, 9), status = c(0, 1, 0, 1, 1))),
  "a half for a while" = pair(data.frame(time = c(2, 3, 5, 8), status = 1),
                              data.frame(time = c(1, 6, 7, 9), status = c(1, 1, 0, 1))),
  "all censored" = pair(data.frame(time = c(1, 4, 4, 9), status = 0),
                        data.frame(time = c(2, 3), status = 0)),
  "far apart" = pair(hours(wear(3000, 0.05, 14)), hours(wear(3000, 0.6, 7)))
)
curve <- function(d) {
  f <- survfit(Surv(time, status) ~ 1, data = d, conf.type = "log-log")
  q <- summary(f)$table
  at <- c(0, 1, 5, 7, 100, 336)
  # R leaves out times after the last one; nobody is at risk then.
  risk <- sapply(at, function(t) sum(d$time >= t))
  paste0('{"time":', arr(d$time), ',"ended":', arr(d$status),
    ',"steps":{"time":', arr(f$time), ',"atRisk":', arr(f$n.risk), ',"ended":', arr(f$n.event),
    ',"censored":', arr(f$n.censor), ',"share":', arr(f$surv),
    ',"variance":', arr(ifelse(f$surv == 0, 0, (f$std.err * f$surv)^2)),
    ',"low":', arr(f$lower), ',"high":', arr(f$upper), '},"median":',
    arr(c(q[["median"]], q[["0.95LCL"]], q[["0.95UCL"]])), ',"atRiskAt":', arr(at), ',"atRisk":', arr(risk), "}")
}
lines <- mapply(function(name, d) {
  s <- if (sum(d$status) == 0) NULL else survdiff(Surv(time, status) ~ group, data = d)
  rank <- if (is.null(s)) '{"observed":[0,0],"expected":[0,0],"chiSquare":null,"p":null}' else
    paste0('{"observed":', arr(s$obs), ',"expected":', arr(s$exp), ',"chiSquare":', num(s$chisq),
      ',"p":', num(pchisq(s$chisq, 1, lower.tail = FALSE)), "}")
  paste0('{"name":"', name, '","groups":[', curve(d[d$group == 1, ]), ",", curve(d[d$group == 2, ]), '],"logRank":', rank, "}")
}, names(cases), cases)
writeLines(paste0("[", paste(lines, collapse = ",\n"), "]"), "cases.json")
