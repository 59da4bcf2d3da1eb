//! How often a figure stands out before some rises by chance.

/// Of a hundred diaries in which chance alone is at work, so many stay within what is said.
const WITHIN: f64 = 0.95;

/// How often a figure stood out on other days: so many of so many that say something of their own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anyway {
    /// From 0 to 1.
    pub share: f64,
    /// Days that share no days.
    pub days: f64,
}

/// Returns before how many of `rises` a figure stands out by chance, at most: 95 of 100 times no
/// more.
///
/// Chance has two parts: which days the rises fall on, and that the share itself was counted on few
/// days. Together they make a beta-binomial distribution (with half a day added on either side,
/// after Jeffreys).
pub(super) fn at_most(rises: usize, anyway: Anyway) -> usize {
    let (a, b) = (anyway.share * anyway.days + 0.5, (1.0 - anyway.share) * anyway.days + 0.5);
    let n = rises as f64;
    let mut exactly: f64 = (0..rises).map(|i| (b + i as f64) / (a + b + i as f64)).product();
    let mut up_to = exactly;
    for k in 0..rises {
        if up_to >= WITHIN {
            return k;
        }
        let k = k as f64;
        exactly *= (n - k) / (k + 1.0) * (a + k) / (b + n - k - 1.0);
        up_to += exactly;
    }
    rises
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_reaches_further_where_the_share_is_less_certain() {
        // Of 10 draws at 10%, 2 or fewer come up 93 times of 100, 3 or fewer 98.7.
        assert_eq!(at_most(10, Anyway { share: 0.1, days: 1e9 }), 3);
        assert_eq!(at_most(30, Anyway { share: 0.1, days: 1e9 }), 6);
        assert_eq!(at_most(30, Anyway { share: 0.1, days: 26.0 }), 8);
        assert_eq!(at_most(10, Anyway { share: 0.0, days: 1e9 }), 0);
        assert_eq!(at_most(4, Anyway { share: 1.0, days: 100.0 }), 4);
        assert_eq!(at_most(0, Anyway { share: 0.5, days: 100.0 }), 0);
    }
}
