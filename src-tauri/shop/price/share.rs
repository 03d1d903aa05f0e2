//! Splits an amount over lines so that the parts add back to the whole.

use std::cmp::Reverse;

use crate::money::Paise;

/// The shares of `total` by weight: floors first, the missing paise to the largest remainders, and among
/// equal remainders to the earlier line (gst.md §5.1 steps 2 and 5).
///
/// Neither total nor weights are negative; when all weights are zero so is the total. A share never exceeds
/// its weight when the total does not exceed their sum.
pub(super) fn shares(total: Paise, weights: &[Paise]) -> Vec<Paise> {
    let sum: i128 = weights.iter().map(|weight| i128::from(weight.get())).sum();
    assert!(!total.is_negative() && weights.iter().all(|weight| !weight.is_negative()), "amounts here are checked");
    if sum == 0 {
        assert!(total.is_zero(), "only a value can be shared over values");
        return vec![Paise::ZERO; weights.len()];
    }
    let scaled = |weight: &Paise| i128::from(weight.get()) * i128::from(total.get());
    let mut parts: Vec<i64> = weights.iter().map(|weight| (scaled(weight) / sum) as i64).collect();
    let missing = total.get() - parts.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&line| Reverse(scaled(&weights[line]) % sum));
    for &line in &order[..missing as usize] {
        parts[line] += 1;
    }
    parts.into_iter().map(Paise::new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_missing_paise_go_to_the_largest_remainders() {
        for (total, weights, told) in [
            (100, vec![1, 1, 1], vec![34, 33, 33]),
            (1, vec![1, 1], vec![1, 0]),
            (10, vec![15, 25, 60], vec![2, 2, 6]),
            (10, vec![14, 26, 60], vec![1, 3, 6]),
            (0, vec![5, 0], vec![0, 0]),
            (0, vec![0, 0], vec![0, 0]),
            (0, vec![], vec![]),
            (7, vec![0, 7], vec![0, 7]),
            (2, vec![1, 0, 1, 1], vec![1, 0, 1, 0]),
        ] {
            let weights: Vec<Paise> = weights.into_iter().map(Paise::new).collect();
            let parts: Vec<i64> = shares(Paise::new(total), &weights).into_iter().map(Paise::get).collect();
            assert_eq!(parts, told, "{total} over {weights:?}");
        }
    }

    proptest! {
        #[test]
        fn parts_add_back_and_stay_within_a_paisa(
            weights in prop::collection::vec(0..=crate::money::PAISE_MAX, 1..40), total in 0..=crate::money::PAISE_MAX,
        ) {
            let weights: Vec<Paise> = weights.into_iter().map(Paise::new).collect();
            let sum: Paise = weights.iter().copied().sum();
            prop_assume!(!sum.is_zero());
            let parts = shares(Paise::new(total), &weights);
            prop_assert_eq!(parts.iter().copied().sum::<Paise>(), Paise::new(total));
            for (part, weight) in parts.iter().zip(&weights) {
                let exact = i128::from(weight.get()) * i128::from(total);
                let off = i128::from(part.get()) * i128::from(sum.get()) - exact;
                prop_assert!(off.abs() < i128::from(sum.get()));
                prop_assert!(total > sum.get() || part <= weight);
            }
        }
    }
}
