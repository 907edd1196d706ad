// The entry: every check that `#[ndis_callback]` makes, in the same order, with the same consequences.
macro_rules! hand_entry {
    ($function:expr, $entry:ident) => {
        pub unsafe extern "system" fn $entry(
            context: NDIS_HANDLE,
            parameters: PNDIS_SHARED_MEMORY_PARAMETERS,
            out: PNDIS_HANDLE,
        ) -> NDIS_STATUS {
            let irql = level();
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                if out.is_null() {
                    return refuse(Kind::Null);
                }
                if !out.is_aligned() {
                    return refuse(Kind::Misaligned);
                }
                // SAFETY: the out pointer is valid.
                unsafe { out.write(null_mut()) };
                if irql != Irql::PASSIVE {
                    return refuse(Kind::Irql);
                }
                let pool = context.cast::<Cell<Pool>>();
                if pool.is_null() {
                    return refuse(Kind::Null);
                }
                if !pool.is_aligned() {
                    return refuse(Kind::Misaligned);
                }
                // SAFETY: a context of this driver begins with its type.
                if unsafe { (&raw const (*pool).value_type).read() } != TypeId::of::<Pool>() {
                    return refuse(Kind::Foreign);
                }
                // SAFETY: it is one of this type.
                let pool = unsafe { &*pool };
                if pool.poisoned.load(Ordering::Acquire) {
                    return refuse(Kind::Poisoned);
                }
                let Some(parameters) = NonNull::new(parameters) else { return refuse(Kind::Null) };
                if !parameters.is_aligned() {
                    return refuse(Kind::Misaligned);
                }
                // SAFETY: every such structure begins with a header.
                let header = unsafe { parameters.cast::<NDIS_OBJECT_HEADER>().read() };
                if header.Type != NDIS_OBJECT_TYPE_DEFAULT
                    || header.Size < NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1
                {
                    return refuse(Kind::Header);
                }
                let staged = Staged::default();
                let mut request = Request { parameters, staged: &staged };
                if request.capacity() > 0 {
                    let list = field!(request, SGListBuffer);
                    if list.is_null() || !list.is_aligned() {
                        return refuse(Kind::Null);
                    }
                }
                match $function(&pool.value, &mut request) {
                    Ok(block) => {
                        if level() != irql {
                            return refuse(Kind::Irql);
                        }
                        // SAFETY: this call staged it.
                        if !unsafe { commit(&staged, &block) } {
                            return refuse(Kind::NotFilled);
                        }
                        // SAFETY: the out pointer is valid.
                        unsafe { out.write(block.into_raw()) };
                        NDIS_STATUS_SUCCESS
                    }
                    Err(error) => {
                        let status = status(error);
                        if level() != irql {
                            return refuse(Kind::Irql);
                        }
                        status
                    }
                }
            }));
            match result {
                Ok(status) => status,
                Err(payload) => panicked(context, payload, irql),
            }
        }
    };
}
