# The figures of R's psych for a table of marks: names and values, one a line.
suppressPackageStartupMessages(library(psych))
marks <- read.csv(file("stdin"))
# It warns of items that go against the others, on stdout too.
invisible(capture.output(found <- suppressWarnings(alpha(marks, check.keys = FALSE))))
said <- function(name, value) cat(sprintf("%s %.10f\n", name, value), sep = "")
said("alpha", found$total$raw_alpha)
said("low", unlist(found$feldt$lower.ci))
said("high", unlist(found$feldt$upper.ci))
said(paste0("without:", rownames(found$alpha.drop)), found$alpha.drop$raw_alpha)
said(paste0("r:", rownames(found$item.stats)), found$item.stats$r.drop)
said(paste0("p:", rownames(found$item.stats)), found$item.stats$mean)
total <- rowSums(marks)
said("mean", describe(total)$mean)
said("deviation", describe(total)$sd)
half <- t.test(total)$conf.int
said("mean-low", half[1])
said("mean-high", half[2])
