//! Shoes and the ground.

pub mod new_shoe;
pub mod shoe_age;
pub mod shoe_rotation;
pub mod surface_change;
